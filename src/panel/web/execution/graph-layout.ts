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
  /** Where it goes: down from its state, through its label, past those that it leaves out, to the next. */
  readonly corners: readonly Point[];
  /** The middle of its label, apart from every other. */
  readonly labelAt: Point | undefined;
}

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 58;
/** Between two rows of states; a label between them makes it more. */
const ROW_GAP = 42;
const LABEL_HEIGHT = 14;
/** Of a letter, at most on average. */
const LETTER_WIDTH = 6.5;
/** A label stands near the state that its way leaves. */
const LABEL_PULL = 4;

type Plan = Graph<
  object,
  { width: number; height: number; x: number; y: number },
  { points?: readonly Point[]; minlen?: number; weight?: number }
>;

/** The states of the top level, laid out from top to bottom; what a Map repeats is told inside its node. */
export function placeStates({ graph, states }: Pick<ExecutionView, "graph" | "states">): {
  readonly states: readonly PlacedState[];
  readonly ways: readonly PlacedWay[];
} {
  const shown = graph.filter(({ parent }) => parent === null);
  const plan: Plan = new Graph();
  plan.setGraph({ rankdir: "TB", nodesep: 24, ranksep: ROW_GAP / 2 });
  for (const { name } of shown) {
    plan.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT, x: 0, y: 0 });
  }
  for (const { name, next } of shown) {
    for (const { to, label } of next) setWay(plan, { from: name, to, label });
  }
  layout(plan);
  return {
    states: shown.map(({ name }) => {
      const { x, y } = plan.node(name);
      return { name, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
    }),
    ways: waysBetween(shown, states).map((way) => ({
      ...way,
      corners: cornersOf(way, plan, new Set(shown.map(({ name }) => plan.node(name).y))),
      labelAt: way.label === "" ? undefined : middleOf(plan.node(labelNode(way))),
    })),
  };
}

/** A label is a node of the plan, so that it has room of its own. */
function setWay(plan: Plan, way: Ends & { readonly label: string }): void {
  const { from, to, label } = way;
  if (label === "") {
    plan.setEdge(from, to, { minlen: 2 });
    return;
  }
  const node = labelNode(way);
  plan.setNode(node, { width: label.length * LETTER_WIDTH, height: LABEL_HEIGHT, x: 0, y: 0 });
  plan.setEdge(from, node, { weight: LABEL_PULL });
  plan.setEdge(node, to, {});
}

type Ends = Pick<PlacedWay, "from" | "to">;

function labelNode({ from, to }: Ends): string {
  return `${from}→${to}`;
}

function middleOf({ x, y }: Point): Point {
  return { x, y };
}

/**
 * A way was taken if a state was entered right after the one that it leads from: of a choice's ways to states that were
 * both entered, only one was gone.
 */
function waysBetween(
  shown: readonly GraphState[],
  states: readonly StateStanding[],
): readonly Omit<PlacedWay, "corners" | "labelAt">[] {
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
function cornersOf(
  way: Pick<PlacedWay, "from" | "to" | "label">,
  plan: Plan,
  rows: ReadonlySet<number>,
): readonly Point[] {
  const { from, to, label } = way;
  const start = plan.node(from);
  const end = plan.node(to);
  const stops = label === "" ? [from, to] : [from, labelNode(way), to];
  const passed = stops
    .slice(1)
    .flatMap((stop, at) => (plan.edge(stops[at]!, stop).points ?? []).slice(1, -1))
    .filter(({ y }) => rows.has(y));
  return [
    { x: start.x, y: start.y + NODE_HEIGHT / 2 },
    ...(label === "" ? [] : [middleOf(plan.node(labelNode(way)))]),
    ...passed.flatMap(({ x, y }) => [
      { x, y: y - NODE_HEIGHT / 2 },
      { x, y: y + NODE_HEIGHT / 2 },
    ]),
    { x: end.x, y: end.y - NODE_HEIGHT / 2 },
  ];
}
