import type { State, Workflow } from "../definition.ts";
import { DefinitionError } from "../error.ts";

/** Checks that every transition leads to a state, every state is reached, and an end can be reached. */
export function checkTransitions(place: string, { startAt, states }: Workflow): void {
  const require = (from: string, name: string): void => {
    if (!Object.hasOwn(states, name)) {
      throw new DefinitionError(
        `${from}: there is no state "${name}"; there are ${Object.keys(states).join(", ")}`,
      );
    }
  };
  require(`${place}StartAt`, startAt);
  const reached = new Set([startAt]);
  for (const name of reached) {
    for (const next of successors(states[name]!)) {
      require(`state "${name}"`, next);
      reached.add(next); // a set visits what is added while it is walked
    }
  }
  const unreached = Object.keys(states).filter((name) => !reached.has(name));
  if (unreached.length > 0) {
    throw new DefinitionError(`${place}States: nothing leads to ${unreached.join(", ")}`);
  }
  if (![...reached].some((name) => isEnd(states[name]!))) {
    throw new DefinitionError(`${place}States: no state ends the workflow`);
  }
}

/** The states that a state may lead to, in the order of its definition. */
function successors(state: State): readonly string[] {
  switch (state.type) {
    case "Choice": {
      const targets = state.choices.map(({ next }) => next);
      return state.default === undefined ? targets : [...targets, state.default];
    }
    case "Task":
    case "Map":
    case "Parallel": {
      const caught = (state.catch ?? []).map(({ next }) => next);
      return state.next === undefined ? caught : [state.next, ...caught];
    }
    case "Wait":
    case "Pass":
      return state.next === undefined ? [] : [state.next];
    case "Succeed":
    case "Fail":
      return [];
  }
}

function isEnd(state: State): boolean {
  if (state.type === "Succeed" || state.type === "Fail") return true;
  return state.type !== "Choice" && state.next === undefined;
}
