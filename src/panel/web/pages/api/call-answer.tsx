import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import { CodeText } from "../../format/code-text.tsx";
import { bytes, whole } from "../../format/numbers.ts";
import { indentJson } from "./indent-json.ts";
import type { Answer } from "./make-call.ts";

/** Characters shown; a page of millions would not scroll. */
const SHOWN = 200_000;

const HEADER_WORDS: Readonly<Record<string, string>> = {
  "content-type": "Content-Type",
  "content-length": "Size",
  "x-request-id": "X-Request-Id",
  "x-recsys-cold": "Unknown users (X-RecSys-Cold)",
};

/** The answer to a call: status, time, headers that tell something, and the JSON. */
export function CallAnswer({
  answer: { status, milliseconds, headers, text, problem },
}: {
  readonly answer: Answer;
}): ReactNode {
  const json = indentJson(text);
  const isCut = json.length > SHOWN;
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={4}
        minColumnWidth={140}
        items={[
          {
            label: "Status",
            value: (
              <StatusIndicator type={status < 400 ? "success" : "error"}>
                {status}
                {problem !== null && ` ${problem.code}`}
              </StatusIndicator>
            ),
          },
          { label: "Time, as this browser sees it", value: `${milliseconds.toFixed(1)} ms` },
          ...headers.map(([name, value]) => ({
            label: HEADER_WORDS[name] ?? name,
            value: (
              <span className="any-text">
                {name === "content-length" ? bytes(Number(value)) : value}
              </span>
            ),
          })),
        ]}
      />
      <CodeText text={json} label="Answer" shown={isCut ? `${json.slice(0, SHOWN)}\n…` : json} />
      {isCut && (
        <Box color="text-body-secondary" fontSize="body-s">
          The first {whole(SHOWN)} of {whole(json.length)} characters; Copy takes them all.
        </Box>
      )}
    </SpaceBetween>
  );
}
