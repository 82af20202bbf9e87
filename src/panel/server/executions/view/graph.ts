import type { GraphState } from "../../../../schema/index.ts";
import type { Catcher, State, Workflow } from "../../../../workflow/index.ts";
import { CHOICE_WORDS, STATE_WORDS } from "./words.ts";

/** The states of a workflow and where each leads, those within Map and Parallel states included. */
export function graphOf(workflow: Workflow, parent: string | null = null): readonly GraphState[] {
  return Object.entries(workflow.states).flatMap(([name, state]) => [
    {
      name,
      type: state.type,
      comment: STATE_WORDS[name] ?? ("comment" in state ? (state.comment ?? "") : ""),
      parent,
      next: [...onward(name, state), ...caught(state)],
    },
    ...nested(state).flatMap((inner) => graphOf(inner, name)),
  ]);
}

type Edge = GraphState["next"][number];

function onward(name: string, state: State): readonly Edge[] {
  switch (state.type) {
    case "Choice": {
      const words = (to: string, otherwise: string): Edge => ({
        to,
        label: CHOICE_WORDS[name]?.[to] ?? otherwise,
      });
      return [
        ...state.choices.map(({ next }, i) => words(next, `rule ${i + 1}`)),
        ...(state.default === undefined ? [] : [words(state.default, "otherwise")]),
      ];
    }
    case "Succeed":
    case "Fail":
      return [];
    case "Task":
    case "Map":
    case "Parallel":
    case "Wait":
    case "Pass":
      return state.next === undefined ? [] : [{ to: state.next, label: "" }];
  }
}

function caught(state: State): readonly Edge[] {
  const catchers: readonly Catcher[] = "catch" in state ? (state.catch ?? []) : [];
  return catchers.map(({ next, errorEquals }) => ({ to: next, label: errorEquals.join(", ") }));
}

function nested(state: State): readonly Workflow[] {
  if (state.type === "Map") return [state.itemProcessor];
  return state.type === "Parallel" ? state.branches : [];
}
