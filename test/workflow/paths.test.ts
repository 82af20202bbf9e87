import { describe, expect, test } from "vitest";

import type { Json, Outcome, State } from "../../src/workflow/index.ts";
import { runStates, succeeded } from "./run-states.ts";

/** What a Pass state gives. */
async function pass(fields: Omit<State & { type: "Pass" }, "type">, input: Json): Promise<Outcome> {
  return (await runStates({ Show: { type: "Pass", ...fields } }, input)).outcome;
}
const failed = (error: string, cause: string): Outcome => ({
  status: "failed",
  state: "Show",
  error,
  cause,
});

describe("a path that is read", () => {
  const input = {
    list: ["a", ["b", "c"]],
    object: { _under: 1, A9: 2, "a.b": 3, "it is": 4, "0": 5 },
    none: null,
    text: "xyz",
  };

  test.each<[string, Json]>([
    ["$", input],
    ["$.list[0]", "a"],
    ["$.list[1][1]", "c"],
    ["$.object._under", 1],
    ["$.object.A9", 2],
    ["$.object['a.b']", 3],
    ["$['object']['it is']", 4],
    ["$.object['0']", 5],
    ["$.none", null],
  ])("%s", async (path, expected) => {
    expect(await pass({ outputPath: path }, input)).toEqual(succeeded(expected));
  });

  test("an index has as many digits as it needs", async () => {
    const list = Array.from({ length: 121 }, (_, i) => i);
    expect(await pass({ outputPath: "$[120]" }, list)).toEqual(succeeded(120));
    expect(await pass({ outputPath: "$[10]" }, list)).toEqual(succeeded(10));
  });

  test.each([
    "$.list[2]",
    "$.list.length",
    "$.list['0']",
    "$.object[0]",
    "$.text[0]",
    "$.text.length",
    "$.none.x",
    "$.object.toString",
  ])("%s leads nowhere, which fails the execution", async (path) => {
    const cause = `path "${path}" leads to nothing in ${JSON.stringify(input)}`;
    expect(await pass({ outputPath: path }, input)).toEqual(failed("States.Runtime", cause));
  });

  test("the error shows the beginning of a long document only", async () => {
    const cause = `path "$.x" leads to nothing in "${"y".repeat(299)}`;
    expect(await pass({ inputPath: "$.x" }, "y".repeat(1000))).toEqual(
      failed("States.Runtime", cause),
    );
  });

  test("the context object has the execution; null in place of a path gives {}", async () => {
    expect(await pass({ inputPath: "$$.Execution.Input.a" }, { a: 1 })).toEqual(succeeded(1));
    expect(await pass({ outputPath: "$$.Execution.Name" }, 0)).toEqual(succeeded("test-1"));
    expect(await pass({ inputPath: null }, 1)).toEqual(succeeded({}));
    expect(await pass({ outputPath: null }, 1)).toEqual(succeeded({}));
  });

  test("$$.Map is there in a Map's iterations only", async () => {
    const cause = /^path "\$\$\.Map\.Item\.Index" leads to nothing in \{"Execution":/;
    expect(await pass({ outputPath: "$$.Map.Item.Index" }, 1)).toEqual(
      failed("States.Runtime", expect.stringMatching(cause) as string),
    );
  });
});

describe("a path that is written to", () => {
  test.each<[string | null, Json, Json]>([
    ["$", { old: 1 }, "new"],
    ["$.a", { old: 1 }, { old: 1, a: "new" }],
    ["$.a", { a: { b: 1 } }, { a: "new" }],
    ["$.a.b", { a: { b: 1, c: 2 }, d: 3 }, { a: { b: "new", c: 2 }, d: 3 }],
    ["$.a['b c'].d", {}, { a: { "b c": { d: "new" } } }],
    ["$.toString.x", {}, { toString: { x: "new" } }],
    [null, { old: 1 }, { old: 1 }],
  ])("%s in %j", async (resultPath, input, expected) => {
    const outcome = await pass({ result: "new", resultPath }, input);
    expect(outcome).toEqual(succeeded(expected));
  });

  test.each<[string, Json, string]>([
    ["$.a", "text", '"text"'],
    ["$.a", [1], "[1]"],
    ["$.a.b", { a: null }, "null"],
    ["$.a.b", { a: "z".repeat(500) }, `"${"z".repeat(99)}`],
  ])("%s leads through no object in %j", async (resultPath, input, got) => {
    expect(await pass({ result: 1, resultPath }, input)).toEqual(
      failed(
        "States.ResultPathMatchFailure",
        `"${resultPath}" leads through ${got}, which is no object`,
      ),
    );
  });
});

describe("a Pass state", () => {
  test("gives its result, though its input is shaped too", async () => {
    expect(await pass({ result: null, parameters: { a: 1 } }, 5)).toEqual(succeeded(null));
  });

  test("fills templates at every depth, in arrays too, and leaves other fields", async () => {
    const parameters = {
      plain: "$.x",
      list: [1, "$.x", { "x.$": "$.x", rest: [{ "x.$": "$.x" }] }],
      none: null,
      "a.b": 1,
      dollar$: 2,
    };
    expect(await pass({ parameters }, { x: 7 })).toEqual(
      succeeded({ ...parameters, list: [1, "$.x", { x: 7, rest: [{ x: 7 }] }] }),
    );
  });
});
