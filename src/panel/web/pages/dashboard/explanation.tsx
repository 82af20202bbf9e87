import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { rangeWords } from "./scope.ts";

/** "How is this computed": in words, as a formula, as the very queries. */
export function Explanation({
  kpi: { title, words, formula, sql, filters },
  answer,
  execution,
  onClose,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer | undefined;
  readonly execution: string;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal
      visible
      size="large"
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <Box variant="p">{words}</Box>
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Formula", value: formula },
            {
              label: "Rows of raw data it is computed from",
              value: answer === undefined ? "–" : whole(answer.rows),
            },
            {
              label: "Days (UTC)",
              value:
                answer === undefined
                  ? "–"
                  : answer.range === null
                    ? "all, as the data has no timestamps"
                    : rangeWords({ days: answer.range }),
            },
            {
              label: "Filters that it obeys",
              value: filters.length === 0 ? "none" : filters.join(", "),
            },
            { label: "Collector execution", value: execution },
          ]}
        />
        <div>
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <Box variant="awsui-key-label">SQL over the summed-up data</Box>
            <CopyToClipboard
              variant="icon"
              copyButtonAriaLabel="Copy the SQL"
              copySuccessText="Copied"
              copyErrorText="Could not be copied"
              textToCopy={sql}
            />
          </SpaceBetween>
          <pre className="dashboard-sql" role="region" aria-label="SQL" tabIndex={0}>
            <Box variant="code">{sql}</Box>
          </pre>
        </div>
      </SpaceBetween>
    </Modal>
  );
}
