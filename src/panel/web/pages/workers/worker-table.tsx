import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ListedWorker } from "../../../../schema/index.ts";
import { bytes, percent, whole } from "../../format/numbers.ts";
import { Ago, duration } from "../../format/time.tsx";
import { ShardList } from "./shard-list.tsx";

/** Who there is, by name. */
export function WorkerTable({
  workers,
  redis,
}: {
  readonly workers: readonly ListedWorker[];
  readonly redis: string;
}): ReactNode {
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${workers.length})`}
          description={`They meet at ${redis}. A silent one's shards are given to others.`}
        >
          Workers
        </Header>
      }
      items={workers}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "Workers" }}
      columnDefinitions={[
        {
          id: "name",
          header: "Worker",
          isRowHeader: true,
          minWidth: 150,
          cell: ({ name, machine, pid }) => (
            <>
              {name}
              <Small>
                {machine === name ? "" : `${machine}, `}process {pid}
              </Small>
            </>
          ),
        },
        { id: "state", header: "State", minWidth: 130, cell: (worker) => <State of={worker} /> },
        {
          id: "shards",
          header: "At work on",
          minWidth: 230,
          cell: ({ running }) => <ShardList shards={running} />,
        },
        {
          id: "counts",
          header: "Shards done",
          minWidth: 130,
          cell: ({ done, failed, lost }) => (
            <span className="figures">
              {whole(done)}
              {failed + lost > 0 && (
                <Small>
                  {whole(failed)} failed, {whole(lost)} lost
                </Small>
              )}
            </span>
          ),
        },
        {
          id: "busy",
          header: "Busy",
          minWidth: 110,
          cell: (worker) => (
            <span className="figures">
              {percent(busyShare(worker), 0)}
              <Small>of {duration(secondsUp(worker))}</Small>
            </span>
          ),
        },
        {
          id: "memory",
          header: "Most memory of a shard",
          minWidth: 130,
          cell: ({ peakRssBytes, memoryBytes }) => (
            <span className="figures">
              {peakRssBytes === 0 ? "–" : bytes(peakRssBytes)}
              <Small>of {bytes(memoryBytes)}</Small>
            </span>
          ),
        },
        {
          id: "load",
          header: "Load of the machine",
          minWidth: 120,
          cell: ({ load, cores }) => (
            <span className="figures">
              {load.toFixed(1)}
              <Small>on {cores} cores</Small>
            </span>
          ),
        },
        { id: "version", header: "Version", minWidth: 90, cell: ({ version }) => version },
      ]}
    />
  );
}

function Small({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {children}
    </Box>
  );
}

function State({ of: { state, seenAt } }: { readonly of: ListedWorker }): ReactNode {
  switch (state) {
    case "busy":
      return <StatusIndicator type="in-progress">At work</StatusIndicator>;
    case "idle":
      return <StatusIndicator>Idle</StatusIndicator>;
    case "silent":
      return (
        <StatusIndicator type="warning">
          Silent, last heard of <Ago at={seenAt} />
        </StatusIndicator>
      );
  }
}

function secondsUp({ startedAt, seenAt }: ListedWorker): number {
  return Math.max(1, (Date.parse(seenAt) - Date.parse(startedAt)) / 1000);
}

/** Of all the time of its slots; what it runs now counts when it is done. */
function busyShare(worker: ListedWorker): number {
  return Math.min(1, worker.busySeconds / (secondsUp(worker) * worker.slots));
}
