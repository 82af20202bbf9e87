import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { WorkersView } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { CodeText } from "../../format/code-text.tsx";
import { sentence } from "../../format/sentence.ts";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { WorkerTable } from "./worker-table.tsx";

const LOOK_MILLISECONDS = 2_000;

/** The machines that run jobs together, and what each is at. */
export default function WorkersPage(): ReactNode {
  const workers = useQuery({
    queryKey: ["workers"],
    queryFn: ({ signal }) => read<WorkersView>("/workers", signal),
    refetchInterval: LOOK_MILLISECONDS,
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Machines that run the jobs of executions together. They meet at a Redis or Valkey server; a lost worker's shards go to another."
        >
          Workers
        </Header>
      }
    >
      <Loaded query={workers} what="the workers">
        {(view) => <Workers view={view} />}
      </Loaded>
    </ContentLayout>
  );
}

function Workers({ view: { redis, problem, workers } }: { readonly view: WorkersView }): ReactNode {
  if (redis === null) {
    return (
      <Container>
        <Empty title="All jobs run on this machine">
          Several machines: start a worker on each, this panel with the same address of Redis, and
          set the runner of the jobs to bullmq under Customization.
        </Empty>
      </Container>
    );
  }
  if (problem !== null) {
    return (
      <Alert type="error" header="Redis cannot be asked">
        {sentence(problem)} Executions that are under way wait for it.
      </Alert>
    );
  }
  if (workers.length === 0) {
    return (
      <Container>
        <Empty title="There is no worker">
          <SpaceBetween size="xs">
            <span>Start one on any machine that reaches Redis and the bucket:</span>
            <CodeText text={`recsys worker --redis ${redis} --bucket …`} label="the command" />
          </SpaceBetween>
        </Empty>
      </Container>
    );
  }
  return <WorkerTable workers={workers} redis={redis} />;
}
