import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { WeeklyReports } from "../../../../schema/index.ts";
import { dayWords } from "../../../../words/index.ts";
import { read } from "../../api/client.ts";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { useFirst } from "../../states/use-first.tsx";
import { scheduleWords, weekWords } from "./weekly-report-words.ts";

/** More than these are shown when asked for. */
const SHOWN = 6;

/** The weekly reports that were written: to read, to print, to send on. */
export function WeeklyReportsTile(): ReactNode {
  const reports = useQuery({
    queryKey: ["reports"],
    queryFn: ({ signal }) => read<WeeklyReports>("/reports", signal),
  });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={reports.data === undefined ? undefined : scheduleWords(reports.data)}
        >
          Weekly reports
        </Header>
      }
    >
      <Loaded query={reports} what="the weekly reports">
        {(value) => <Reports reports={value.reports} />}
      </Loaded>
    </Container>
  );
}

type Report = WeeklyReports["reports"][number];

function Reports({ reports }: { readonly reports: readonly Report[] }): ReactNode {
  const { shown, footer } = useFirst(reports, SHOWN, "reports");
  if (reports.length === 0) {
    return (
      <Empty title="No report yet">
        One is also written whenever you want by <Box variant="code">recsys report</Box> on the
        server.
      </Empty>
    );
  }
  return (
    <Table<Report>
      variant="embedded"
      trackBy="name"
      items={shown}
      ariaLabels={{ tableLabel: "Weekly reports" }}
      columnDefinitions={[
        {
          id: "week",
          header: "Week",
          isRowHeader: true,
          cell: ({ name }) => (
            <Link href={addressOf(name)} external externalIconAriaLabel="Opens in a new tab">
              {weekWords(name)}
            </Link>
          ),
        },
        {
          id: "days",
          header: "Days (UTC)",
          cell: ({ from, to }) => `${dayWords(from)} – ${dayWords(to)}`,
        },
        {
          id: "download",
          header: "File",
          cell: ({ name }) => (
            <Link
              href={`${addressOf(name)}?download=1`}
              ariaLabel={`Download the report of ${weekWords(name)}`}
            >
              Download
            </Link>
          ),
        },
      ]}
      footer={footer}
    />
  );
}

function addressOf(name: string): string {
  return `/panel/api/reports/${name}`;
}
