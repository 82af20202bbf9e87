import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import type { Overview } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { whole } from "../../format/numbers.ts";
import { Ago } from "../../format/time.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { LatestFigures } from "./latest-figures.tsx";
import { StackCard } from "./stack-card.tsx";

/** What this is, how it stands, and the one thing to do next. */
export default function HomePage(): ReactNode {
  const overview = useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => read<Overview>("/overview", signal),
    refetchInterval: 5_000,
  });
  return (
    <Loaded query={overview} what="the state of the stacks">
      {(value) => <Home overview={value} />}
    </Loaded>
  );
}

function Home({ overview }: { readonly overview: Overview }): ReactNode {
  const navigate = useNavigate();
  const { nextStep, stacks, running, served } = overview;
  return (
    <Box padding={{ top: "l" }}>
      <ContentLayout
        header={
          <Header
            variant="h1"
            description={`Items for every user, users for every item, and popular items for newcomers, from your own data and ${overview.region === null ? "on your own machine" : "in your own AWS account"}.`}
          >
            RecSys
          </Header>
        }
      >
        <SpaceBetween size="l">
          <Container>
            <div className="ends">
              <div>
                <Box variant="awsui-key-label">Next step</Box>
                <Box>{nextStep.why}</Box>
              </div>
              <Button variant="primary" onClick={() => void navigate(nextStep.page)}>
                {nextStep.label}
              </Button>
            </div>
          </Container>
          {served !== null && <LatestFigures />}
          <ColumnLayout columns={3} minColumnWidth={200}>
            {stacks.map((stack) => (
              <StackCard
                key={stack.stack}
                stack={stack}
                running={running.find(({ workflow }) => workflow === stack.stack)?.name}
              />
            ))}
          </ColumnLayout>
          <Container header={<Header variant="h2">Served now</Header>}>
            {served === null ? (
              <Box color="text-body-secondary">
                Nothing yet. What a core execution makes is served as soon as its model has passed
                the gate.
              </Box>
            ) : (
              <KeyValuePairs
                columns={4}
                minColumnWidth={160}
                items={[
                  {
                    label: "Execution",
                    value: (
                      <PageLink to={`/executions/core/${served.execution}`}>
                        {served.execution}
                      </PageLink>
                    ),
                  },
                  { label: "Made", value: <Ago at={served.createdAt} /> },
                  { label: "Users", value: whole(served.users) },
                  { label: "Items", value: whole(served.items) },
                ]}
              />
            )}
          </Container>
          <Container header={<Header variant="h2">Where</Header>}>
            <KeyValuePairs
              columns={3}
              minColumnWidth={200}
              items={[
                {
                  label: "Stacks and executions",
                  value:
                    overview.region === null ? "On this machine" : `In AWS, ${overview.region}`,
                },
                { label: "Bucket", value: overview.bucket },
                { label: "Invoke URL", value: overview.invokeUrl },
              ]}
            />
          </Container>
        </SpaceBetween>
      </ContentLayout>
    </Box>
  );
}
