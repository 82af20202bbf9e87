import { describe, expect, test } from "vitest";

import {
  daysPeriod,
  lastCompleteWeek,
  periodWords,
  ReportPeriodError,
  weekPeriod,
} from "../../src/report/index.ts";

describe("a week is one of ISO 8601", () => {
  // By a printed calendar: the week of a year's first Thursday is its first.
  test.each([
    ["2026-W47", "2026-11-16", "2026-11-22"],
    ["2025-W01", "2024-12-30", "2025-01-05"],
    ["2020-W53", "2020-12-28", "2021-01-03"],
    ["2021-W01", "2021-01-04", "2021-01-10"],
    ["2024-W09", "2024-02-26", "2024-03-03"],
  ])("%s goes from %s to %s", (name, from, to) => {
    expect(weekPeriod(name)).toEqual({ name, from, to, isWeek: true });
    expect(daysPeriod(from, to)).toEqual({ name, from, to, isWeek: true });
  });

  test.each([
    ["2021-W53", "2021 has no week 53; its last is 2021-W52"],
    ["2020-W54", "2020 has no week 54; its last is 2020-W53"],
    ["2026-W00", "2026 has no week 00; its last is 2026-W53"],
    ["2026-47", 'a week is written as 2026-W47, got "2026-47"; weeks begin on Monday (ISO 8601)'],
  ])("%s is refused, with what to write", (name, message) => {
    expect(() => weekPeriod(name)).toThrow(new ReportPeriodError(message));
  });
});

test("any other days have a name of their own, and impossible ones are refused", () => {
  expect(daysPeriod("2026-11-17", "2026-11-23")).toEqual({
    name: "2026-11-17--2026-11-23",
    from: "2026-11-17",
    to: "2026-11-23",
    isWeek: false,
  });
  expect(() => daysPeriod("2026-02-30", "2026-03-01")).toThrow(/got "2026-02-30"/);
  expect(() => daysPeriod("2026-03-02", "2026-03-01")).toThrow(/2026-03-02 and 2026-03-01/);
});

describe("the last whole week of the data", () => {
  // 2026-11-22 is a Sunday.
  test.each([
    ["goes to the data's last day", "2026-11-01", "2026-11-22", "2026-11-30", "2026-W47"],
    ["is not the one under way", "2026-11-01", "2026-11-28", "2026-11-30", "2026-W47"],
    ["may have ended yesterday", "2026-11-01", "2026-11-23", "2026-11-23", "2026-W47"],
    ["was over when the data were collected", "2026-11-01", "2026-11-22", "2026-11-22", "2026-W46"],
    ["begins with the data", "2026-11-16", "2026-11-22", "2026-11-30", "2026-W47"],
    ["needs seven days of data", "2026-11-17", "2026-11-22", "2026-11-30", undefined],
  ])("%s", (_what, firstDay, lastDay, collected, week) => {
    const createdAt = `${collected}T12:00:00.000Z`;
    expect(lastCompleteWeek({ firstDay, lastDay, createdAt })?.name).toBe(week);
  });

  test("is none where the data have no days", () => {
    const createdAt = "2026-11-30T12:00:00.000Z";
    expect(lastCompleteWeek({ firstDay: null, lastDay: null, createdAt })).toBeUndefined();
  });
});

test("days read as one says them", () => {
  expect(periodWords(weekPeriod("2026-W47"))).toBe("Week 47 of 2026, 16 Nov 2026 – 22 Nov 2026");
  expect(periodWords(daysPeriod("2026-11-01", "2026-11-01"))).toBe("1 Nov 2026");
});
