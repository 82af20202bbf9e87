import { describe, expect, it } from "vitest";

import {
  changedPaths,
  differsFromDefault,
  draftWith,
  entryOf,
  problemOf,
  withoutPath,
} from "../../../src/panel/web/pages/customization/draft-edit.ts";
import { givenWords } from "../../../src/panel/web/pages/customization/given-words.ts";
import { offeredOf } from "../../../src/panel/web/pages/customization/use-offered.ts";
import { dollars } from "../../../src/panel/web/format/dollars.ts";
import {
  assumptionsOf,
  lastOf,
  totalOf,
} from "../../../src/panel/web/pages/customization/estimate-words.ts";
import type { SettingField, StepEstimate } from "../../../src/schema/index.ts";

const field = (change: Partial<SettingField>): SettingField => ({
  path: "training.seed",
  label: "Seed",
  description: "",
  kind: "integer",
  expectation: "a whole number of at least 0",
  default: 0,
  ...change,
});

describe("the draft that edits make", () => {
  it("Q103 takes a number from its text, and leaves the rest of the draft as it is", () => {
    const { draft, problems } = draftWith(
      [field({})],
      { "transform.kMax": 50 },
      {
        "training.seed": " 7 ",
      },
    );
    expect(draft).toEqual({ "transform.kMax": 50, "training.seed": 7 });
    expect(problems).toEqual([]);
  });

  it("drops a setting that is put back to its default or emptied", () => {
    const before = { "training.seed": 7 };
    expect(draftWith([field({})], before, { "training.seed": "0" }).draft).toEqual({});
    expect(draftWith([field({})], before, { "training.seed": "" }).draft).toEqual({});
  });

  it("says where a text is no number, and keeps what stood there before", () => {
    const { draft, problems } = draftWith(
      [field({})],
      { "training.seed": 7 },
      {
        "training.seed": "seven",
      },
    );
    expect(draft).toEqual({ "training.seed": 7 });
    expect(problems).toEqual([
      { path: "training.seed", problem: "must be a whole number of at least 0, got “seven”" },
    ]);
  });

  it("leaves what is a number but may not be to the server", () => {
    const { draft, problems } = draftWith([field({})], {}, { "training.seed": "-1.5" });
    expect(draft).toEqual({ "training.seed": -1.5 });
    expect(problems).toEqual([]);
  });

  it("reads a list from lines and commas, as numbers where those of the default are", () => {
    const cutoffs = field({ path: "cutoffs", kind: "list", default: [5, 10] });
    expect(draftWith([cutoffs], {}, { cutoffs: "5\n20, 50" }).draft).toEqual({
      cutoffs: [5, 20, 50],
    });
    expect(draftWith([cutoffs], {}, { cutoffs: "5, ten" }).problems).toHaveLength(1);
    const names = field({ path: "names", kind: "list", default: [] });
    expect(draftWith([names], {}, { names: "10.0.0.0/8" }).draft).toEqual({
      names: ["10.0.0.0/8"],
    });
  });

  it("keeps a switch that is off where its default is on", () => {
    const gate = field({ path: "gate", kind: "boolean", default: true });
    expect(draftWith([gate], {}, { gate: false }).draft).toEqual({ gate: false });
    expect(draftWith([gate], { gate: false }, { gate: true }).draft).toEqual({});
  });
});

describe("a field", () => {
  it("shows what its value is, and nothing where it is not set", () => {
    expect(entryOf(field({}), 3)).toBe("3");
    expect(entryOf(field({ default: null }), undefined)).toBe("");
    expect(entryOf(field({ kind: "boolean" }), undefined)).toBe(false);
    expect(entryOf(field({ kind: "list" }), [5, 10])).toBe("5\n10");
  });

  it("differs from its default by its value, not by how it is written", () => {
    expect(differsFromDefault(field({ default: 10 }), "10.0")).toBe(false);
    expect(differsFromDefault(field({ default: 10 }), "")).toBe(false);
    expect(differsFromDefault(field({ default: 10 }), "11")).toBe(true);
  });

  it("bears its own problems and those of its members, and not those of its namesakes", () => {
    const cutoffs = field({ path: "evaluation.cutoffs", kind: "list" });
    const problems = [
      { path: "evaluation.cutoffs.1", problem: "too large" },
      { path: "evaluation.cutoffsOther", problem: "not this one" },
    ];
    expect(problemOf(cutoffs, problems)).toBe("too large");
    expect(problemOf(field({}), problems)).toBeUndefined();
  });

  it("does not repeat its path in the words of a problem", () => {
    expect(withoutPath({ path: "a.b", problem: "a.b must be 1" }).problem).toBe("must be 1");
    expect(withoutPath({ path: "a.b", problem: "must be 1" }).problem).toBe("must be 1");
  });
});

it("changes are settings that differ, were added or were dropped", () => {
  expect(changedPaths({ a: 1, b: [1], c: 3 }, { a: 1, b: [2], d: 4 })).toEqual(["b", "c", "d"]);
});

describe("the estimate", () => {
  const step = (change: Partial<StepEstimate>): StepEstimate => ({
    stack: "core",
    step: "Train",
    seconds: 60,
    usd: 0.002,
    isRough: true,
    assumptions: [],
    last: null,
    ...change,
  });

  it("adds up what is known and says that something is missing", () => {
    const steps = [step({}), step({ step: "Evaluate", seconds: 30, usd: null })];
    expect(totalOf(steps)).toEqual({ seconds: 90, usd: 0.002, isPartial: true });
    expect(totalOf([step({ seconds: null, usd: null })])).toEqual({
      seconds: null,
      usd: null,
      isPartial: true,
    });
  });

  it("adds up what the steps took in the latest execution, and what that cost where it was paid for", () => {
    const took = (seconds: number, usd: number | null) => ({ execution: "core-4", seconds, usd });
    expect(lastOf([step({}), step({ step: "Merge" })])).toBeNull();
    expect(lastOf([step({ last: took(40, 0.25) }), step({ last: took(20, 0.5) })])).toEqual(
      took(60, 0.75),
    );
    expect(lastOf([step({ last: took(40, null) }), step({})])).toEqual(took(40, null));
  });

  it("shows each assumption once, with the steps that rest on it", () => {
    const steps = [
      step({ assumptions: ["2 cores", "100 rows"] }),
      step({ step: "Merge", assumptions: ["100 rows"] }),
    ];
    expect(assumptionsOf(steps)).toEqual([
      { assumption: "2 cores", steps: ["Train"] },
      { assumption: "100 rows", steps: ["Train", "Merge"] },
    ]);
  });

  it("tells small prices with the digits that they need", () => {
    expect([0, 0.00001, 0.0021, 1.204].map(dollars)).toEqual([
      "$0",
      "under $0.0001",
      "$0.0021",
      "$1.20",
    ]);
  });
});

describe("A28 a bucket or a log group", () => {
  it("is offered as the field has it, or not at all where the list may not be had", () => {
    const names = { buckets: ["shop"], logGroups: null };
    expect(offeredOf(names, "bucket")).toEqual(["s3://shop"]);
    expect(offeredOf(names, "logGroup")).toBeUndefined();
  });

  it("that the server was started with is changed where it was given", () => {
    expect(givenWords("bucket", "s3://shop", "s3://orders")).toContain("BucketName = orders");
    expect(givenWords("bucket", "s3://shop", "s3://orders")).toContain("--bucket s3://orders");
    expect(givenWords("logGroup", "RecSys", "Shop")).toContain("LogGroupName = Shop");
  });
});
