import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { AuditPage } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { whole } from "../../format/numbers.ts";
import { Time } from "../../format/time.tsx";
import { Empty } from "../../states/loaded.tsx";
import { matchingEntries } from "./audit-words.ts";

/** Entries fetched at once, and rows shown at once. */
const FETCHED = 500;
const SHOWN = 20;

/** Who did what to what, the latest first. */
export function AuditLog(): ReactNode {
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const log = useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? "" : `&before=${pageParam}`;
      return read<AuditPage>(`/audit?limit=${FETCHED}${before}`, signal);
    },
    getNextPageParam: ({ next }) => next,
  });
  const entries = log.data?.pages.flatMap((fetched) => fetched.entries) ?? [];
  const found = matchingEntries(entries, text);
  const pages = Math.max(1, Math.ceil(found.length / SHOWN));
  const shown = found.slice((page - 1) * SHOWN, page * SHOWN);
  const isAll = !log.hasNextPage;
  return (
    <Table
      wrapLines
      items={shown.map((entry, index) => ({ ...entry, index }))}
      trackBy={({ index }) => `${page}-${index}`}
      loading={log.isPending}
      loadingText="Loading the audit log …"
      ariaLabels={{ tableLabel: "Audit log" }}
      header={
        <Header
          variant="h2"
          counter={`(${whole(found.length)}${isAll ? "" : "+"})`}
          description="Who did what; kept for ever."
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Read the audit log again"
              loading={log.isRefetching}
              onClick={() => void log.refetch()}
            />
          }
        >
          Audit log
        </Header>
      }
      filter={
        <TextFilter
          filteringText={text}
          filteringPlaceholder="Find a person, an action, a thing"
          filteringAriaLabel="Find in the audit log"
          countText={
            isAll
              ? `${whole(found.length)} found`
              : `${whole(found.length)} found among the latest ${whole(entries.length)}`
          }
          onChange={({ detail }) => {
            setText(detail.filteringText);
            setPage(1);
          }}
        />
      }
      pagination={
        <Pagination
          currentPageIndex={Math.min(page, pages)}
          pagesCount={pages}
          openEnd={!isAll}
          ariaLabels={{
            nextPageLabel: "Older entries",
            previousPageLabel: "Newer entries",
            pageLabel: (number) => `Page ${number} of the audit log`,
          }}
          onChange={({ detail }) => {
            setPage(detail.currentPageIndex);
            if (detail.currentPageIndex >= pages && !isAll) void log.fetchNextPage();
          }}
        />
      }
      empty={
        log.isError ? (
          <Empty title="Could not load the audit log">{log.error.message}</Empty>
        ) : (
          <Empty title="Nothing found">
            {isAll
              ? "No entry has these words."
              : "None of the latest entries has these words; go on to older ones."}
          </Empty>
        )
      }
      columnDefinitions={[
        { id: "time", header: "When", minWidth: 200, cell: ({ time }) => <Time at={time} /> },
        { id: "person", header: "Who", minWidth: 100, cell: ({ person }) => person },
        { id: "action", header: "Action", minWidth: 120, cell: ({ action }) => action },
        {
          id: "subject",
          header: "To what",
          minWidth: 160,
          cell: ({ subject }) => <span className="any-text">{subject}</span>,
        },
        {
          id: "detail",
          header: "In detail",
          minWidth: 200,
          cell: ({ detail }) => (
            <Box color="text-body-secondary">
              <span className="any-text">{detail}</span>
            </Box>
          ),
        },
      ]}
    />
  );
}
