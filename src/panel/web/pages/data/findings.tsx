import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { CollectorReport } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { sentence } from "../../format/sentence.ts";
import { Time } from "../../format/time.tsx";
import { countsOf, rejectedOf } from "./finding-words.ts";
import { Quarantine } from "./quarantine.tsx";

/** What a check or a collection has found: counts, warnings with what to do, rows set aside, decisions. */
export function Findings({
  report,
  of,
}: {
  readonly report: CollectorReport;
  readonly of: string;
}): ReactNode {
  const { timestamps, warnings } = report;
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={4}
        minColumnWidth={150}
        items={[
          ...countsOf(report).map(({ label, value }) => ({ label, value })),
          {
            label: "Time",
            value:
              timestamps === null ? (
                "no timestamps"
              ) : (
                <>
                  <Time at={timestamps.earliest} /> to <Time at={timestamps.latest} />
                </>
              ),
          },
        ]}
      />
      <FileCounts report={report} />
      {warnings.length > 0 ? (
        <Warnings warnings={warnings} />
      ) : (
        <StatusIndicator type="success">No warnings</StatusIndicator>
      )}
      <Quarantine report={report} of={of} />
      <Decisions decisions={report.decisions} />
    </SpaceBetween>
  );
}

function FileCounts({ report: { files } }: { readonly report: CollectorReport }): ReactNode {
  return (
    <Table
      variant="embedded"
      items={files}
      trackBy="file"
      header={<Header variant="h3">Rows of each file</Header>}
      ariaLabels={{ tableLabel: "Rows of each file" }}
      columnDefinitions={[
        { id: "file", header: "File", cell: ({ file }) => file, isRowHeader: true, minWidth: 200 },
        { id: "records", header: "Rows", cell: ({ records }) => whole(records) },
        { id: "accepted", header: "Taken", cell: ({ accepted }) => whole(accepted) },
        {
          id: "rejected",
          header: "Set aside",
          cell: (file) => rejectedOf(file),
        },
        {
          id: "header",
          header: "Header row",
          cell: ({ header }) => (header ? "yes" : "no"),
        },
      ]}
    />
  );
}

function Warnings({ warnings }: { readonly warnings: CollectorReport["warnings"] }): ReactNode {
  return (
    <Table
      variant="embedded"
      wrapLines
      items={warnings}
      trackBy="code"
      header={
        <Header variant="h3" counter={`(${warnings.length})`}>
          Warnings
        </Header>
      }
      ariaLabels={{ tableLabel: "Warnings" }}
      columnDefinitions={[
        {
          id: "what",
          header: "What was found",
          minWidth: 260,
          isRowHeader: true,
          cell: ({ words }) => <StatusIndicator type="warning">{words}</StatusIndicator>,
        },
        {
          id: "todo",
          header: "What to do",
          minWidth: 260,
          cell: ({ whatToDo }) => sentence(whatToDo),
        },
      ]}
    />
  );
}

function Decisions({ decisions }: { readonly decisions: CollectorReport["decisions"] }): ReactNode {
  if (decisions.length === 0) return null;
  return (
    <ExpandableSection
      headerText={`What was decided about these files (${decisions.length})`}
      headerDescription="What the files do not say themselves, and why it was taken so"
    >
      <Table
        variant="embedded"
        wrapLines
        items={decisions}
        trackBy="subject"
        ariaLabels={{ tableLabel: "Decisions" }}
        columnDefinitions={[
          {
            id: "subject",
            header: "About",
            minWidth: 160,
            isRowHeader: true,
            cell: ({ subject }) => <Box fontWeight="bold">{subject}</Box>,
          },
          { id: "decision", header: "Decision", minWidth: 160, cell: ({ decision }) => decision },
          { id: "reason", header: "Why", minWidth: 240, cell: ({ reason }) => sentence(reason) },
        ]}
      />
    </ExpandableSection>
  );
}
