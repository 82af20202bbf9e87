import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { LogLine } from "../../../schema/index.ts";
import { read } from "../api/client.ts";
import { CodeText } from "../format/code-text.tsx";
import { Empty, Loaded } from "../states/loaded.tsx";

/** The last lines that a state's jobs have printed. */
export function StateLogs({
  workflow,
  execution,
  state,
  isRunning,
}: {
  readonly workflow: string;
  readonly execution: string;
  readonly state: string;
  readonly isRunning: boolean;
}): ReactNode {
  const query = new URLSearchParams({ workflow, execution, state, limit: "200" });
  const lines = useQuery({
    queryKey: ["logs", workflow, execution, state],
    queryFn: ({ signal }) => read<readonly LogLine[]>(`/logs?${query.toString()}`, signal),
    refetchInterval: isRunning ? 2_000 : false,
  });
  return (
    <Loaded query={lines} what="the log">
      {(found) =>
        found.length === 0 ? (
          <Empty title="Nothing was printed">A job that goes well says little.</Empty>
        ) : (
          <CodeText
            text={found.map(({ host, text }) => `${host}  ${text}`).join("\n")}
            label="Log lines"
          />
        )
      }
    </Loaded>
  );
}
