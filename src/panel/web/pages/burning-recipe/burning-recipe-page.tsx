import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { BurnPlan, StackName } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { STACK_TITLES } from "../../../../words/index.ts";
import { STACK_WORDS } from "../../shell/stack-words.ts";
import { WorkView } from "../../cloud/work-view.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { BurnForm } from "./burn-form.tsx";
import { BurnLists } from "./burn-lists.tsx";
import { Burning } from "./burning.tsx";

/** In the order in which they are burned: each is built on the next. */
const ORDER: readonly StackName[] = ["responder", "core", "collector"];

function isBurning(plan: BurnPlan | undefined): boolean {
  return plan?.progress?.state === "running" || plan?.work?.state === "running";
}

/** Removes a stack and all its resources (Q111), after saying which. */
export default function BurningRecipePage(): ReactNode {
  const [stack, setStack] = useState<StackName>("responder");
  const plan = useQuery({
    queryKey: ["burn", stack],
    queryFn: ({ signal }) => read<BurnPlan>(`/burn/${stack}`, signal),
    refetchInterval: ({ state }) => (isBurning(state.data) ? 700 : 5_000),
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Removes a stack, after saying what goes with it and what stays. Your raw files are never touched."
        >
          Burning Recipe
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Which stack?</Header>}>
          <Tiles
            ariaLabel="Stack to burn"
            value={stack}
            columns={3}
            onChange={({ detail }) => {
              setStack(detail.value as StackName);
            }}
            items={ORDER.map((value) => ({
              value,
              label: STACK_TITLES[value],
              description: STACK_WORDS[value],
            }))}
          />
        </Container>
        <Loaded query={plan} what="what would be removed">
          {(value) => (
            <SpaceBetween size="l">
              {value.progress !== null && <Burning stack={stack} progress={value.progress} />}
              {value.work?.does === "burn" && (
                <Container header={<Header variant="h2">The {STACK_TITLES[stack]} in AWS</Header>}>
                  <WorkView work={value.work} />
                </Container>
              )}
              {!isBurning(value) && (
                <SpaceBetween size="l">
                  <BurnLists plan={value} />
                  <BurnForm key={stack} plan={value} />
                </SpaceBetween>
              )}
            </SpaceBetween>
          )}
        </Loaded>
      </SpaceBetween>
    </ContentLayout>
  );
}
