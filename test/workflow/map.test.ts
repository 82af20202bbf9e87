import { describe, expect, test } from "vitest";

import { type State, type Workflow, WorkflowError } from "../../src/workflow/index.ts";
import { echo, runStates, succeeded } from "./run-states.ts";

describe("Map", () => {
  const each = (states: Record<string, State>): Workflow => ({
    startAt: Object.keys(states)[0]!,
    states,
  });

  test("gives outputs in the items' order, whatever order they end in", async () => {
    const { outcome } = await runStates(
      {
        All: {
          type: "Map",
          itemsPath: "$.items",
          itemSelector: {
            "value.$": "$$.Map.Item.Value",
            "index.$": "$$.Map.Item.Index",
            "shared.$": "$.shared",
          },
          itemProcessor: each({ One: echo }),
          resultPath: "$.results",
        },
      },
      { items: ["a", "b", "c"], shared: 1 },
      async ({ parameters }) => {
        const { index } = parameters as { index: number };
        await new Promise((resume) => setTimeout(resume, 10 * (3 - index)));
        return parameters;
      },
    );
    expect(outcome).toEqual(
      succeeded({
        items: ["a", "b", "c"],
        shared: 1,
        results: [
          { value: "a", index: 0, shared: 1 },
          { value: "b", index: 1, shared: 1 },
          { value: "c", index: 2, shared: 1 },
        ],
      }),
    );
  });

  test("never runs more iterations at once than MaxConcurrency", async () => {
    let running = 0;
    let most = 0;
    await runStates(
      { All: { type: "Map", maxConcurrency: 2, itemProcessor: each({ One: echo }) } },
      [1, 2, 3, 4, 5],
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resume) => setTimeout(resume, 5));
        running--;
        return 0;
      },
    );
    expect(most).toBe(2);
  });

  test("the first failure stops the others before the state fails", async () => {
    const stopped: number[] = [];
    const { outcome } = await runStates(
      { All: { type: "Map", itemProcessor: each({ One: echo }) } },
      [0, 1, 2],
      async ({ parameters, signal }) => {
        if (parameters === 1) throw new WorkflowError("Broken", "item 1");
        await new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => {
            resolve();
          });
        });
        stopped.push(parameters as number);
        throw new Error("stopped");
      },
    );
    expect(outcome).toEqual({ status: "failed", state: "All", error: "Broken", cause: "item 1" });
    expect(stopped.sort()).toEqual([0, 2]);
  });

  test("events of nested Maps carry every iteration around them", async () => {
    const { events } = await runStates(
      {
        Outer: {
          type: "Map",
          itemProcessor: each({
            Inner: { type: "Map", itemProcessor: each({ One: { type: "Pass" } }) },
          }),
        },
      },
      [["a"], ["b", "c"]],
    );
    const paths = events.flatMap((event) =>
      event.type === "StateEntered" && event.state === "One"
        ? [event.path.map(({ state, index }) => `${state}[${index}]`).join("/")]
        : [],
    );
    expect(paths.sort()).toEqual(["Outer[0]/Inner[0]", "Outer[1]/Inner[0]", "Outer[1]/Inner[1]"]);
  });

  test("an empty array gives an empty array, and anything else fails", async () => {
    const states: Record<string, State> = {
      All: { type: "Map", itemProcessor: each({ One: echo }) },
    };
    expect((await runStates(states, [])).outcome).toEqual(succeeded([]));
    expect((await runStates(states, "no array")).outcome).toMatchObject({
      error: "States.Runtime",
    });
  });
});
