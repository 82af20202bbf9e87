import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { CollectorReport } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { sentence } from "../../format/sentence.ts";
import { rulesOf, ruleWords } from "./finding-words.ts";

/** Rows shown; the file to download has them all. */
const SHOWN = 25;

/** The rows that were set aside: why, where they stand, and what to do. */
export function Quarantine({
  report,
  of,
}: {
  readonly report: CollectorReport;
  /** Whose report it is: "check", or an execution. */
  readonly of: string;
}): ReactNode {
  const { problems } = report;
  if (problems.total === 0) {
    return <StatusIndicator type="success">No row was set aside</StatusIndicator>;
  }
  const shown = problems.first.slice(0, SHOWN);
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        wrapLines
        items={shown.map((problem, index) => ({ ...problem, index }))}
        trackBy={({ index }) => String(index)}
        ariaLabels={{ tableLabel: "Rows set aside" }}
        header={
          <Header
            variant="h3"
            counter={`(${whole(problems.total)})`}
            description={rulesOf(report)
              .map(({ rule, rows }) => `${ruleWords(rule)}: ${whole(rows)}`)
              .join(" · ")}
            actions={
              <Button
                iconName="download"
                href={`/panel/api/data/quarantine.csv?of=${encodeURIComponent(of)}`}
                download
              >
                Download them all
              </Button>
            }
          >
            Rows set aside
          </Header>
        }
        columnDefinitions={[
          {
            id: "place",
            header: "Place",
            minWidth: 190,
            cell: ({ file, line, column }) => (
              <>
                {file}
                <Box color="text-body-secondary" fontSize="body-s">
                  line {whole(line)}
                  {column !== "" && `, ${column}`}
                </Box>
              </>
            ),
          },
          { id: "rule", header: "Why", minWidth: 150, cell: ({ rule }) => ruleWords(rule) },
          {
            id: "value",
            header: "What was got",
            minWidth: 140,
            cell: ({ value }) =>
              value === "" ? (
                <Box color="text-body-secondary">nothing</Box>
              ) : (
                <span className="any-text">{value}</span>
              ),
          },
          {
            id: "todo",
            header: "What to do",
            minWidth: 200,
            cell: ({ whatToDo }) => sentence(whatToDo),
          },
        ]}
      />
      {problems.total > shown.length && (
        <Box color="text-body-secondary" fontSize="body-s">
          The first {shown.length} of {whole(problems.total)}.
        </Box>
      )}
    </SpaceBetween>
  );
}
