import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import { lazy, type ReactNode, Suspense, useState } from "react";

import type { ExecutionView } from "../../../schema/index.ts";
import { Waiting } from "../shell/waiting.tsx";
import { StateDetails } from "./state-details.tsx";
import { stateTitle } from "./state-title.ts";

const ExecutionGraph = lazy(() => import("./execution-graph.tsx"));

/** An execution's graph, and beside it what there is to know of the state that was chosen, or that matters most. */
export function ExecutionBoard({ view }: { readonly view: ExecutionView }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const state = chosen ?? stateThatMatters(view);
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, m: 5 } }, { colspan: { default: 12, m: 7 } }]}>
      <Container header={<Header variant="h2">Workflow</Header>}>
        <Suspense fallback={<Waiting what="the graph" />}>
          <ExecutionGraph view={view} chosen={state} onChoose={setChosen} />
        </Suspense>
      </Container>
      <Container
        header={
          <Header variant="h2" description="Click a state of the graph to see another.">
            {state === null ? "State" : stateTitle(state)}
          </Header>
        }
      >
        {state === null ? (
          <Box>Nothing has begun yet.</Box>
        ) : (
          <StateDetails view={view} state={state} />
        )}
      </Container>
    </Grid>
  );
}

/** The state to look at before one was chosen: the failed one, else the running one, else the last that ended. */
function stateThatMatters({ states, graph }: ExecutionView): string | null {
  const top = new Set(graph.filter(({ parent }) => parent === null).map(({ name }) => name));
  const shown = states.filter(({ state }) => top.has(state));
  const failed = shown.find(({ status }) => status === "failed");
  const running = shown.find(({ status }) => status === "running");
  const ended = shown
    .filter(({ attempts }) => attempts.length > 0)
    .sort((a, b) => (a.attempts.at(-1)!.enteredAt < b.attempts.at(-1)!.enteredAt ? -1 : 1))
    .at(-1);
  return (failed ?? running ?? ended)?.state ?? null;
}
