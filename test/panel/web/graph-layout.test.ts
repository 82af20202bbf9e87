import { expect, test } from "vitest";

import { placeStates } from "../../../src/panel/web/execution/graph-layout.ts";
import type { GraphState, StateStanding } from "../../../src/schema/index.ts";

const state = (
  name: string,
  next: readonly string[],
  parent: string | null = null,
): GraphState => ({
  name,
  type: "Task",
  comment: "",
  parent,
  next: next.map((to) => ({ to, label: "" })),
});
const standing = (name: string, second?: number): StateStanding => ({
  state: name,
  status: second === undefined ? "pending" : "succeeded",
  note: null,
  progress: null,
  attempts:
    second === undefined
      ? []
      : [
          {
            run: 1,
            iteration: null,
            status: "succeeded",
            enteredAt: new Date(second * 1000).toISOString(),
            endedAt: null,
            input: null,
            output: null,
            error: null,
          },
        ],
});

const GRAPH = [
  state("NeedsTraining", ["Train", "Transform"]),
  state("Train", ["Transform"]),
  state("Round", [], "Train"),
  state("Transform", []),
];

test("of a choice's ways only the one that was gone is drawn as taken, though both ends were entered", () => {
  const states = [standing("NeedsTraining", 1), standing("Train", 2), standing("Transform", 3)];
  const taken = placeStates({ graph: GRAPH, states: [...states, standing("Round", 2)] })
    .ways.filter((way) => way.taken)
    .map(({ from, to }) => `${from} ${to}`);
  expect(taken).toEqual(["NeedsTraining Train", "Train Transform"]);
});

test("the other way is taken where the state between was never entered", () => {
  const states = [standing("NeedsTraining", 1), standing("Train"), standing("Transform", 2)];
  const { ways } = placeStates({ graph: GRAPH, states });
  expect(ways.filter((way) => way.taken)).toMatchObject([
    { from: "NeedsTraining", to: "Transform" },
  ]);
});

test("each state stands below those that lead to it, and what a Map repeats is not placed", () => {
  const { states } = placeStates({ graph: GRAPH, states: GRAPH.map(({ name }) => standing(name)) });
  expect(states.map(({ name }) => name)).toEqual(["NeedsTraining", "Train", "Transform"]);
  const [first, second, third] = states.map(({ y }) => y);
  expect(first).toBeLessThan(second!);
  expect(second).toBeLessThan(third!);
});
