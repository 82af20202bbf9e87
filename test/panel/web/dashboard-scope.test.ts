import { describe, expect, it } from "vitest";

import { addDays, daysBetween, dayWords, isDay } from "../../../src/panel/web/format/day.ts";
import {
  addressWith,
  questionOf,
  rangeWords,
  scopeOf,
} from "../../../src/panel/web/pages/dashboard/scope.ts";
import { description } from "./dashboard-description.ts";

const scope = (address: string, parts = {}) =>
  scopeOf(new URLSearchParams(address), description(parts));

describe("the dashboard's scope", () => {
  it("Q141 an empty address asks for the last 30 days of the data, not of the calendar", () => {
    expect(scope("")).toEqual({
      range: "30",
      days: { from: "2024-12-02", to: "2024-12-31" },
      source: null,
      category: null,
      problems: [],
    });
  });

  it("a preset counts back from the last day, which it includes", () => {
    expect(scope("range=7").days).toEqual({ from: "2024-12-25", to: "2024-12-31" });
  });

  it("all is from the first day to the last", () => {
    expect(scope("range=all").days).toEqual({ from: "2024-01-01", to: "2024-12-31" });
  });

  it("a range of one's own wins over a preset", () => {
    expect(scope("range=7&from=2024-02-28&to=2024-03-01")).toMatchObject({
      range: "custom",
      days: { from: "2024-02-28", to: "2024-03-01" },
    });
  });

  it.each(["from=2024-02-30&to=2024-03-01", "from=2024-03-02&to=2024-03-01", "from=x&to=y"])(
    "a range that is none is told and not followed: %s",
    (address) => {
      const { days, problems } = scope(address);
      expect(days).toEqual({ from: "2024-12-02", to: "2024-12-31" });
      expect(problems).toHaveLength(1);
    },
  );

  it("Q140 a source that the data does not have is told and not asked for", () => {
    const { source, problems } = scope("source=tv");
    expect(source).toBeNull();
    expect(problems).toEqual(["The data has no source “tv”, so that all are shown."]);
  });

  it("Q20 without timestamps there are no days, whatever the address says", () => {
    const { days } = scope("range=7&from=2024-01-01&to=2024-01-02", {
      firstDay: null,
      lastDay: null,
    });
    expect(days).toBeNull();
  });

  it("asks only for the filters that the KPI obeys", () => {
    const filtered = scope("source=search&category=Toys");
    expect(questionOf(filtered, ["source", "category"])).toBe(
      "from=2024-12-02&to=2024-12-31&source=search&category=Toys",
    );
    expect(questionOf(filtered, ["category"])).toBe("from=2024-12-02&to=2024-12-31&category=Toys");
    expect(questionOf({ ...filtered, days: null }, [])).toBe("");
  });

  it("changes some of the address and leaves the rest", () => {
    const address = new URLSearchParams("range=7&source=search");
    expect(addressWith(address, { range: "all", source: null, category: "Toys" }).toString()).toBe(
      "range=all&category=Toys",
    );
    expect(address.toString()).toBe("range=7&source=search");
  });

  it("says a range in words", () => {
    const words = (from: string, to: string) => rangeWords({ days: { from, to } });
    expect(words("2024-02-28", "2024-03-01")).toBe("28 Feb 2024 – 1 Mar 2024 (3 days)");
    expect(words("2024-02-28", "2024-02-28")).toBe("28 Feb 2024");
    expect(rangeWords({ days: null })).toBe("All of the data");
  });
});

describe("days", () => {
  it("are counted over the end of February of a leap year", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(3);
  });

  it("are UTC's in words, whatever zone the viewer is in", () => {
    expect(dayWords("2024-02-29")).toBe("29 Feb 2024");
  });

  it("are days of the calendar", () => {
    expect(["2024-02-29", "2023-02-29", "2024-2-9", "2024-13-01", ""].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
