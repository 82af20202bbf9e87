import type { State, TaskState, Workflow } from "../workflow/index.ts";

/** All states of a workflow that are tasks, those within Maps and branches too, by their names. */
export function taskStates(workflow: Workflow): ReadonlyMap<string, TaskState> {
  return new Map(
    everyState(workflow).flatMap(([name, state]) =>
      state.type === "Task" ? [[name, state] as const] : [],
    ),
  );
}

function everyState({ states }: Workflow): readonly (readonly [string, State])[] {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.type === "Map" ? everyState(state.itemProcessor) : []),
    ...(state.type === "Parallel" ? state.branches.flatMap(everyState) : []),
  ]);
}
