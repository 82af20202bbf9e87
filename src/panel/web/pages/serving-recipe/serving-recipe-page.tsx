import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Overview } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { STACK_TITLES } from "../../../../words/index.ts";
import { Loaded } from "../../states/loaded.tsx";
import { StackSection } from "./stack-section.tsx";

/** The three stacks in their order (Q112): deploy, execute, and watch. */
export default function ServingRecipePage(): ReactNode {
  const overview = useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => read<Overview>("/overview", signal),
    refetchInterval: 3_000,
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="From raw files to answers, in three steps: the collector prepares the data, the core makes the recommendations, the responder serves them."
        >
          Serving Recipe
        </Header>
      }
    >
      <Loaded query={overview} what="the stacks">
        {({ stacks, nextStep: { button } }) => (
          <SpaceBetween size="l">
            {stacks.map((stack) => (
              // A place of its own: three stacks have buttons of the same words.
              <section key={stack.stack} aria-label={STACK_TITLES[stack.stack]}>
                <StackSection
                  stack={stack}
                  next={button?.stack === stack.stack ? button.does : null}
                />
              </section>
            ))}
          </SpaceBetween>
        )}
      </Loaded>
    </ContentLayout>
  );
}
