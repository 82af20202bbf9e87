import { expect, test } from "vitest";

import {
  NODE_HEIGHT,
  NODE_WIDTH,
  placeStates,
} from "../../../src/panel/web/execution/graph-layout.ts";
import { wayPath } from "../../../src/panel/web/execution/way-path.ts";
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

test("a way that leaves out states goes past them, not behind them", () => {
  const graph = [
    state("Choose", ["First", "Last"]),
    state("First", ["Second"]),
    state("Second", ["Third", "Last"]),
    state("Third", ["Last"]),
    state("Last", []),
  ];
  const { states, ways } = placeStates({ graph, states: graph.map(({ name }) => standing(name)) });
  for (const { from, to, corners } of ways) {
    for (const { name, x, y } of states) {
      const meets = corners.some(
        (corner, at) =>
          at > 0 &&
          Math.max(corner.x, corners[at - 1]!.x) > x &&
          Math.min(corner.x, corners[at - 1]!.x) < x + NODE_WIDTH &&
          Math.max(corner.y, corners[at - 1]!.y) > y &&
          Math.min(corner.y, corners[at - 1]!.y) < y + NODE_HEIGHT,
      );
      expect(meets, `${from} to ${to} behind ${name}`).toBe(false);
    }
  }
  const long = ways.find(({ from, to }) => from === "Choose" && to === "Last");
  expect(long?.corners).toHaveLength(2 + 2 * 3); // three rows lie between
});

test("labels of a choice's ways stand beside each other, and a way goes through its own", () => {
  const choose: GraphState = {
    ...state("Choose", []),
    type: "Choice",
    next: [
      { to: "Join", label: "several instances" },
      { to: "End", label: "one instance" },
      { to: "Last", label: "the model of an earlier execution" },
    ],
  };
  const graph = [choose, state("Join", ["End"]), state("End", ["Last"]), state("Last", [])];
  const { ways, states } = placeStates({
    graph,
    states: graph.map(({ name }) => standing(name)),
  });
  const labels = ways
    .filter(({ label }) => label !== "")
    .map(({ label, labelAt, corners }) => {
      expect(corners).toContainEqual(labelAt);
      const half = label.length * 3; // a letter has some 6 pixels
      return { left: labelAt!.x - half, right: labelAt!.x + half, y: labelAt!.y };
    })
    .sort((a, b) => a.left - b.left);
  expect(labels).toHaveLength(3);
  expect(new Set(labels.map(({ y }) => y)).size).toBe(1);
  expect(labels[0]!.right).toBeLessThan(labels[1]!.left);
  expect(labels[1]!.right).toBeLessThan(labels[2]!.left);
  const [top, next] = [...new Set(states.map(({ y }) => y))].sort((a, b) => a - b);
  expect(labels[0]!.y).toBeGreaterThan(top! + NODE_HEIGHT);
  expect(labels[0]!.y).toBeLessThan(next!);
});

test("a way's line is upright where it does not turn", () => {
  const line = wayPath([
    { x: 10, y: 0 },
    { x: 50, y: 40 },
    { x: 50, y: 100 },
  ]);
  expect(line).toBe("M10,0C10,20 50,20 50,40V100");
});
