import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { ExecutionActions } from "../../execution/execution-actions.tsx";
import { ExecutionBoard } from "../../execution/execution-board.tsx";
import { executionWords } from "../../execution/state-words.ts";
import { useExecution } from "../../execution/use-execution.ts";
import { Ago } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";

/** The latest execution of a workflow, live: its graph turns green while one watches. */
export function LatestExecution({
  workflow,
}: {
  readonly workflow: ExecutionSummary["workflow"];
}): ReactNode {
  const latest = useQuery({
    queryKey: ["executions", workflow, "latest"],
    queryFn: ({ signal }) =>
      read<readonly ExecutionSummary[]>(`/executions?workflow=${workflow}&limit=1`, signal),
    refetchInterval: 3_000,
  });
  const summary = latest.data?.[0];
  const live = useExecution(summary ?? null);
  if (summary === undefined) return null;
  const now = live.value?.summary ?? summary;
  const words = executionWords(now);
  return (
    <SpaceBetween size="m">
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <Box variant="h3" padding="n">
          <PageLink to={`/executions/${workflow}/${now.name}`}>{now.name}</PageLink>
        </Box>
        <StatusIndicator type={words.type}>{words.text}</StatusIndicator>
        <Box color="text-body-secondary">
          started <Ago at={now.startedAt} />
        </Box>
        {live.value !== undefined && <ExecutionActions view={live.value} />}
      </SpaceBetween>
      {live.value !== undefined && <ExecutionBoard view={live.value} />}
    </SpaceBetween>
  );
}
