import { describe, expect, it } from "vitest";

import { sentence } from "../../../src/panel/web/format/sentence.ts";
import { matchingEntries } from "../../../src/panel/web/pages/access/audit-words.ts";
import {
  burnedPercent,
  totalRemoved,
} from "../../../src/panel/web/pages/burning-recipe/burn-words.ts";

it("the server's words become sentences", () => {
  expect(sentence("core-1 is running: wait for its end")).toBe(
    "core-1 is running: wait for its end.",
  );
  expect(sentence("Nothing is changed.")).toBe("Nothing is changed.");
  expect(sentence("it ended")).toBe("It ended.");
  expect(sentence("raw_data/a.csv:1: too short")).toBe("raw_data/a.csv:1: too short.");
  expect(sentence("")).toBe("");
});

describe("the audit log", () => {
  const entry = (person: string, action: string, detail: string) => ({
    time: "2026-11-26T10:00:00.000Z",
    person,
    action,
    subject: "core",
    detail,
  });
  const entries = [entry("ada", "deploy", "deployment 2"), entry("Grace", "burn", "11 objects")];

  it("is searched for every word, in whatever column and however it is written", () => {
    expect(matchingEntries(entries, "GRACE objects")).toEqual([entries[1]]);
    expect(matchingEntries(entries, "ada burn")).toEqual([]);
    expect(matchingEntries(entries, "  ")).toEqual(entries);
  });
});

describe("burning", () => {
  it("Q111 tells beforehand how much it removes", () => {
    const removed = [
      { what: "Model", bytes: 2_000_000, objects: 9 },
      { what: "which one counts", bytes: 500_000, objects: 1 },
    ];
    expect(totalRemoved(removed)).toBe("10 objects, 2.5 MB");
    expect(totalRemoved([{ what: "Model", bytes: 12, objects: 1 }])).toBe("1 object, 12 B");
  });

  it("is as far as the bytes that are gone, or the steps where there are none", () => {
    const step = (state: "pending" | "running" | "done", bytes: number) => ({
      what: "",
      state,
      bytes,
      objects: 1,
    });
    const burning = (steps: ReturnType<typeof step>[]) => ({
      state: "running" as const,
      startedAt: "",
      startedBy: "",
      endedAt: null,
      problem: null,
      steps,
    });
    expect(
      burnedPercent(burning([step("done", 30), step("running", 60), step("pending", 10)])),
    ).toBe(30);
    expect(burnedPercent(burning([step("done", 0), step("running", 0)]))).toBe(50);
  });
});
