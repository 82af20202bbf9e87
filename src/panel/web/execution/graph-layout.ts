import { Graph, layout } from "@dagrejs/dagre";

import type { ExecutionView, GraphState, StateStanding } from "../../../schema/index.ts";
import type { Point } from "./way-path.ts";

/** A state of the workflow where it is drawn. */
export interface PlacedState {
  readonly name: string;
  /** Of the upper left corner, in pixels. */
  readonly x: number;
  readonly y: number;
}

/** A way from one state to another; `taken` when the execution has gone it. */
export interface PlacedWay {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly taken: boolean;
  /** Where it goes: down from its state, past those that it leaves out, to the next. */
  readonly corners: readonly Point[];
}

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 58;

type Plan = Graph<
  object,
  { width: number; height: number; x: number; y: number },
  { points?: readonly Point[] }
>;

/** The states of the top level, laid out from top to bottom; what a Map repeats is told inside its node. */
export function placeStates({ graph, states }: Pick<ExecutionView, "graph" | "states">): {
  readonly states: readonly PlacedState[];
  readonly ways: readonly PlacedWay[];
} {
  const shown = graph.filter(({ parent }) => parent === null);
  const plan: Plan = new Graph();
  plan.setGraph({ rankdir: "TB", nodesep: 24, ranksep: 42 });
  for (const { name } of shown) {
    plan.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT, x: 0, y: 0 });
  }
  for (const { name, next } of shown) {
    for (const { to } of next) plan.setEdge(name, to, {});
  }
  layout(plan);
  return {
    states: shown.map(({ name }) => {
      const { x, y } = plan.node(name);
      return { name, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
    }),
    ways: waysBetween(shown, states).map((way) => ({ ...way, corners: cornersOf(way, plan) })),
  };
}

/**
 * A way was taken if a state was entered right after the one that it leads from: of a choice's ways to states that were
 * both entered, only one was gone.
 */
function waysBetween(
  shown: readonly GraphState[],
  states: readonly StateStanding[],
): readonly Omit<PlacedWay, "corners">[] {
  const names = new Set(shown.map(({ name }) => name));
  const entered = states
    .filter(({ state }) => names.has(state))
    .flatMap(({ state, attempts }) => attempts.map(({ enteredAt }) => ({ state, enteredAt })))
    .sort((a, b) => Date.parse(a.enteredAt) - Date.parse(b.enteredAt));
  const taken = new Set(entered.map(({ state }, at) => `${state}→${entered[at + 1]?.state ?? ""}`));
  return shown.flatMap(({ name, next }) =>
    next.map(({ to, label }) => ({ from: name, to, label, taken: taken.has(`${name}→${to}`) })),
  );
}

/** A way goes upright through each row of states that it passes, where the layout has left room for it. */
function cornersOf({ from, to }: Pick<PlacedWay, "from" | "to">, plan: Plan): readonly Point[] {
  const start = plan.node(from);
  const end = plan.node(to);
  const rows = new Set(plan.nodes().map((name) => plan.node(name).y));
  const passed = (plan.edge(from, to).points ?? []).slice(1, -1).filter(({ y }) => rows.has(y));
  return [
    { x: start.x, y: start.y + NODE_HEIGHT / 2 },
    ...passed.flatMap(({ x, y }) => [
      { x, y: y - NODE_HEIGHT / 2 },
      { x, y: y + NODE_HEIGHT / 2 },
    ]),
    { x: end.x, y: end.y - NODE_HEIGHT / 2 },
  ];
}
