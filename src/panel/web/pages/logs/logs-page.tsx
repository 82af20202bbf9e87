import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useSearchParams } from "react-router";

import type { Customization, Overview } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { whole } from "../../format/numbers.ts";
import { Empty } from "../../states/loaded.tsx";
import { Waiting } from "../../shell/waiting.tsx";
import { useSettled } from "../../forms/use-settled.ts";
import { LogFilters } from "./log-filters.tsx";
import { KEPT_LINES, statesOf } from "./log-lines.ts";
import { addressOf, filterOf, type LogFilter, serverQuery } from "./log-query.ts";
import { groupWords } from "./log-words.ts";
import { LogSource } from "./log-source.tsx";
import { LogView } from "./log-view.tsx";
import { useGroupLines } from "./use-group-lines.ts";
import { type LogFeed, useLogLines } from "./use-log-lines.ts";

/** The log group: what jobs, workflows and API have to say, live. */
export default function LogsPage(): ReactNode {
  const [address, setAddress] = useSearchParams();
  const filter = filterOf(address);
  const [isPaused, setPaused] = useState(false);
  const configuration = useQuery({
    queryKey: ["configuration"],
    queryFn: ({ signal }) => read<Customization>("/configuration", signal),
  });
  const overview = useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => read<Overview>("/overview", signal),
  });
  const isInAws = typeof overview.data?.region === "string";
  const change = (changed: Partial<LogFilter>): void => {
    setAddress(addressOf({ ...filter, ...changed }), { replace: true });
  };
  const FeedOf = filter.source === "" ? JobLines : GroupLines;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={groupWords(configuration.data?.values["logGroup"], isInAws)}
        >
          Logs
        </Header>
      }
    >
      <SpaceBetween size="m">
        {isInAws && <LogSource source={filter.source} onChange={change} />}
        <FeedOf filter={filter} isPaused={isPaused}>
          {(feed) => (
            <Container
              header={
                <Header
                  variant="h2"
                  counter={feed.isLoading ? "" : `(${whole(feed.lines.length)})`}
                  description={
                    feed.lines.length === KEPT_LINES
                      ? `The latest ${whole(KEPT_LINES)} lines; narrow the filter to see older ones.`
                      : ""
                  }
                  actions={
                    <SpaceBetween direction="horizontal" size="s" alignItems="center">
                      <Following feed={feed} isPaused={isPaused} />
                      <Button
                        iconName={isPaused ? "caret-right-filled" : "pause"}
                        onClick={() => {
                          setPaused(!isPaused);
                        }}
                      >
                        {isPaused ? "Go on" : "Pause"}
                      </Button>
                    </SpaceBetween>
                  }
                >
                  Lines
                </Header>
              }
            >
              <SpaceBetween size="m">
                <LogFilters filter={filter} states={statesOf(feed.lines)} onChange={change} />
                <Lines feed={feed} filter={filter} />
              </SpaceBetween>
            </Container>
          )}
        </FeedOf>
      </SpaceBetween>
    </ContentLayout>
  );
}

interface FeedProps {
  readonly filter: LogFilter;
  readonly isPaused: boolean;
  readonly children: (feed: LogFeed) => ReactNode;
}

function JobLines({ filter, isPaused, children }: FeedProps): ReactNode {
  return children(useLogLines(useSettled(serverQuery(filter)), isPaused));
}

function GroupLines({ filter, isPaused, children }: FeedProps): ReactNode {
  return children(useGroupLines(useSettled(serverQuery(filter)), isPaused));
}

function Lines({
  feed: { lines, isLoading, problem },
  filter,
}: {
  readonly feed: LogFeed;
  readonly filter: LogFilter;
}): ReactNode {
  const isFiltered = Object.keys(addressOf(filter)).length > 0;
  if (isLoading) return <Waiting what="the log" />;
  return (
    <SpaceBetween size="s">
      {problem !== null && (
        <Alert type="error" header="Could not load the log">
          {problem}
        </Alert>
      )}
      {lines.length > 0 ? (
        <LogView
          lines={lines}
          withExecution={filter.execution === ""}
          isOfJobs={filter.source !== "api"}
        />
      ) : (
        problem === null && (
          <Empty title={isFiltered ? "No line fits the filter" : "Nothing has been logged yet"}>
            {isFiltered
              ? "Lines that fit appear here as soon as they are written."
              : "Lines appear here as soon as something is executed."}
          </Empty>
        )
      )}
    </SpaceBetween>
  );
}

function Following({
  feed: { connection, waiting },
  isPaused,
}: {
  readonly feed: LogFeed;
  readonly isPaused: boolean;
}): ReactNode {
  if (connection === "lost") {
    return <StatusIndicator type="warning">Connection lost; trying again</StatusIndicator>;
  }
  if (connection === "connecting")
    return <StatusIndicator type="pending">Connecting</StatusIndicator>;
  if (!isPaused) return <StatusIndicator type="success">Following</StatusIndicator>;
  return (
    <Box color="text-body-secondary">
      Paused{waiting > 0 && `; ${whole(waiting)} new ${waiting === 1 ? "line" : "lines"}`}
    </Box>
  );
}
