import { describe, expect, it } from "vitest";

import {
  appended,
  joined,
  KEPT_LINES,
  statesOf,
} from "../../../src/panel/web/pages/logs/log-lines.ts";
import { addressOf, filterOf, serverQuery } from "../../../src/panel/web/pages/logs/log-query.ts";
import type { LogLine } from "../../../src/schema/index.ts";

const line = (text: string, change: Partial<LogLine> = {}): LogLine => ({
  time: "2026-11-26T10:00:00.000Z",
  level: "info",
  workflow: "core",
  execution: "core-1",
  state: "Train",
  host: "algo-1",
  text,
  ...change,
});

describe("log lines", () => {
  it("are kept to the latest 2,000, each under its own number", () => {
    const first = appended(
      [],
      Array.from({ length: 1999 }, (_, at) => line(String(at))),
    );
    const all = appended(first, [line("a"), line("b")]);
    expect(all).toHaveLength(2000);
    expect(KEPT_LINES).toBe(2000);
    expect(all[0]!.line.text).toBe("1");
    expect(all.at(-1)).toMatchObject({ number: 2001, line: { text: "b" } });
    expect(new Set(all.map(({ number }) => number)).size).toBe(2000);
  });

  it("come once when the read and the streamed ones overlap", () => {
    const texts = joined([line("a"), line("b")], [line("b"), line("c")]).map(({ text }) => text);
    expect(texts).toEqual(["a", "b", "c"]);
  });

  it("come as often as they were written", () => {
    const same = line("again");
    expect(joined([same], [same, same])).toHaveLength(2);
  });

  it("name their states once each", () => {
    const lines = appended(
      [],
      [line("a"), line("b", { state: "Evaluate" }), line("c", { state: null }), line("d")],
    );
    expect(statesOf(lines)).toEqual(["Evaluate", "Train"]);
  });
});

describe("a filter of the log", () => {
  it("stands in the address and comes back from it", () => {
    const filter = {
      source: "workflows",
      execution: "core/core-1",
      state: "Train",
      level: "warn",
      text: "a b&c",
    } as const;
    expect(filterOf(new URLSearchParams(addressOf(filter)))).toEqual(filter);
    expect(addressOf({ source: "", execution: "", state: "", level: "", text: "" })).toEqual({});
  });

  it("takes a level that there is not for none", () => {
    expect(filterOf(new URLSearchParams("level=loud")).level).toBe("");
  });

  it("asks the server for workflow and execution apart, and for nothing that is empty", () => {
    const query = serverQuery({
      source: "workflows",
      execution: "core/core-1",
      state: "",
      level: "error",
      text: "x",
    });
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      source: "workflows",
      workflow: "core",
      execution: "core-1",
      level: "error",
      text: "x",
    });
  });
});
