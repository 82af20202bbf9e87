import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";

import type { ExecutionView } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { ExecutionActions } from "../../execution/execution-actions.tsx";
import { ExecutionBoard } from "../../execution/execution-board.tsx";
import { SpendingCard } from "../../execution/spending-card.tsx";
import { executionWords } from "../../execution/state-words.ts";
import { useExecution } from "../../execution/use-execution.ts";
import { CodeText } from "../../format/code-text.tsx";
import { GateWords } from "../../execution/gate-words.tsx";
import { duration, Time } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { Loaded } from "../../states/loaded.tsx";

/** One execution, live while it runs. */
export default function ExecutionPage(): ReactNode {
  const { workflow = "", name = "" } = useParams();
  const path = `/executions/${workflow}/${encodeURIComponent(name)}`;
  const first = useQuery({
    queryKey: ["executions", workflow, name],
    queryFn: ({ signal }) => read<ExecutionView>(path, signal),
  });
  const live = useExecution(first.data?.summary ?? null);
  return (
    <Loaded query={first} what={`the execution “${name}”`}>
      {(view) => <Execution view={live.value ?? view} isLost={live.connection === "lost"} />}
    </Loaded>
  );
}

function Execution({
  view,
  isLost,
}: {
  readonly view: ExecutionView;
  readonly isLost: boolean;
}): ReactNode {
  const { summary, inputs, config, spent } = view;
  const words = executionWords(summary);
  const isRunning = summary.status === "running";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={STACK_TITLES[summary.workflow]}
          actions={<ExecutionActions view={view} />}
        >
          {summary.name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {isLost && isRunning && (
          <Alert type="warning" header="The connection to the server is lost">
            The picture is the last that was seen. The browser keeps trying.
          </Alert>
        )}
        {summary.detail !== "" && summary.status !== "succeeded" && !isRunning && (
          <Alert type={summary.rejected ? "warning" : "error"} header={words.text}>
            <GateWords text={summary.detail} />
          </Alert>
        )}
        <Container>
          <KeyValuePairs
            columns={4}
            minColumnWidth={150}
            items={[
              {
                label: "Status",
                value: <StatusIndicator type={words.type}>{words.text}</StatusIndicator>,
              },
              { label: "Started", value: <Time at={summary.startedAt} /> },
              { label: "Duration", value: durationOf(summary) },
              { label: "By", value: summary.startedBy ?? "command line" },
            ]}
          />
        </Container>
        <ExecutionBoard view={view} />
        {spent !== null && spent.states.length > 0 && <SpendingCard spent={spent} />}
        <Container header={<Header variant="h2">What it was given</Header>}>
          <SpaceBetween size="m">
            {Object.keys(inputs).length > 0 && (
              <KeyValuePairs
                columns={3}
                minColumnWidth={180}
                items={Object.entries(inputs).map(([what, execution]) => ({
                  label: INPUT_WORDS[what] ?? what,
                  value: (
                    <PageLink
                      to={`/executions/${what === "processed_data" ? "collector" : "core"}/${execution}`}
                    >
                      {execution}
                    </PageLink>
                  ),
                }))}
              />
            )}
            <ExpandableSection headerText="Configuration">
              <CodeText
                text={JSON.stringify(config, null, 2)}
                label="The execution's configuration"
              />
            </ExpandableSection>
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function durationOf({ startedAt, endedAt }: ExecutionView["summary"]): string {
  if (startedAt === null) return "–";
  const end = endedAt === null ? Date.now() : Date.parse(endedAt);
  return duration((end - Date.parse(startedAt)) / 1000);
}

/** What an execution was given, by its artefact. */
const INPUT_WORDS: Readonly<Record<string, string>> = {
  processed_data: "Data of",
  served: "Served when it began",
  model: "Model of",
};
