import { describe, expect, test } from "vitest";

import type { DashboardScope, KpiAnswer } from "../../src/schema/index.ts";
import { measuredShop } from "./measured-shop.ts";
import type { PlainFigures, PlainScope } from "./plain-figures.ts";
import { plainKpis } from "./plain-kpis.ts";
import {
  brandOf,
  generator,
  type PlainItem,
  type PlainShop,
  randomShop,
  rawFiles,
  type ShopShape,
} from "./plain-shop.ts";

const SOURCES = ["recsys", "search", "homepage", ""];

/** A random shop, and how it is collected. */
interface Shop extends ShopShape {
  readonly unit?: "ms";
  readonly categoryFeature?: "genre" | "brand";
}

const SHOPS: Readonly<Record<string, Shop>> = {
  "a common shop": { seed: 1, users: 9, rows: 220, days: 45, sources: SOURCES },
  "explicit ratings and impressions": {
    seed: 2,
    users: 12,
    rows: 260,
    days: 30,
    sources: SOURCES,
    explicit: true,
    impressions: 150,
  },
  "half a year with a gap of a month": {
    seed: 3,
    users: 8,
    rows: 240,
    days: 190,
    gap: [60, 95],
    sources: SOURCES,
    impressions: 80,
  },
  "three years": { seed: 4, users: 8, rows: 240, days: 1100, sources: SOURCES },
  "one user": { seed: 5, users: 1, rows: 40, days: 100, sources: SOURCES },
  "everything on one day": { seed: 6, users: 7, rows: 60, days: 1, sources: SOURCES },
  "no source": { seed: 7, users: 7, rows: 90, days: 40 },
  "no interaction through the recommender": {
    seed: 8,
    users: 7,
    rows: 90,
    days: 40,
    sources: ["search", "tv"],
  },
  "no timestamps": {
    seed: 9,
    users: 7,
    rows: 90,
    days: 40,
    sources: SOURCES,
    withoutTimestamps: true,
    explicit: true,
    impressions: 30,
  },
  "categories of a string, one to each item": {
    seed: 10,
    users: 8,
    rows: 160,
    days: 60,
    sources: SOURCES,
    categoryFeature: "brand",
    explicit: true,
    impressions: 90,
    values: "refunds",
  },
  "impressions without values, from before the first interaction to after the last": {
    seed: 11,
    users: 8,
    rows: 120,
    days: 50,
    sources: SOURCES,
    impressions: 120,
    values: "none",
    overhang: 20,
  },
  "impressions of a recommender that nobody followed": {
    seed: 12,
    users: 8,
    rows: 120,
    days: 30,
    sources: ["search", ""],
    impressions: 90,
  },
  "from the first second of 1970 on": {
    seed: 13,
    users: 8,
    rows: 160,
    days: 70,
    start: "1970-01-01",
    sources: SOURCES,
    times: [0, 1, 86_399],
    impressions: 90,
  },
  "milliseconds around midnight": {
    seed: 14,
    users: 8,
    rows: 160,
    days: 25,
    sources: SOURCES,
    times: [0, 0.001, 0.5, 86_399, 86_399.999],
    unit: "ms",
    impressions: 120,
  },
  "one interaction": { seed: 15, users: 1, rows: 1, days: 1, sources: ["recsys"] },
};

/** What each shop cannot tell, by the words of the contract (A11). */
const WITHOUT_TIMESTAMPS = [
  "time-to-recsys",
  "retention",
  "new-items",
  "movers",
  "week-over-week",
  "click-through",
  "hit-rate",
];
const WITHOUT_SOURCES = [
  "recsys-share",
  "source-shares",
  "users-reached",
  "items-reached",
  "time-to-recsys",
  "retention",
  "catalogue-coverage",
  "concentration",
];
const WITHOUT_IMPRESSIONS = ["click-through", "conversion", "revenue"];

/** Those that set the range against the period before. */
const COMPARING = ["movers", "week-over-week"];

function unavailable(shape: ShopShape): Set<string> {
  return new Set([
    "hit-rate", // has a test of its own
    ...(shape.withoutTimestamps === true ? WITHOUT_TIMESTAMPS : []),
    ...(shape.sources === undefined ? WITHOUT_SOURCES : []),
    ...(shape.impressions === undefined ? WITHOUT_IMPRESSIONS : []),
    ...(shape.explicit === true ? [] : ["mean-rating"]),
  ]);
}

const DAY_MS = 86_400_000;
const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const dayNumber = (text: string): number => Date.parse(text) / DAY_MS;

/** The spans of a range, found day by day with the calendar. */
function spanFinder(
  first: number,
  last: number,
): {
  spanOf: (day: number, scope: PlainScope) => number;
  all: (scope: PlainScope) => number[];
} {
  const spanOf = (day: number, { from, to }: PlainScope): number => {
    const start = Math.max(from, first);
    const days = to - from + 1;
    for (let one = day; ; one--) {
      const date = new Date(one * DAY_MS);
      const begins = days <= 92 || (days <= 731 ? date.getUTCDay() === 1 : date.getUTCDate() === 1);
      if (begins || one === start) return one;
    }
  };
  const all = (scope: PlainScope): number[] => {
    const spans = new Set<number>();
    for (let day = Math.max(scope.from, first); day <= Math.min(scope.to, last); day++) {
      spans.add(spanOf(day, scope));
    }
    return [...spans];
  };
  return { spanOf, all };
}

/** The days that a scope is of: one end alone may lie beyond the data. */
function daysOf(
  { from, to }: DashboardScope,
  first: number,
  last: number,
): { from: number; to: number } {
  const ends = [from, to].map((day) => (day === undefined ? undefined : dayNumber(day)));
  return {
    from: ends[0] ?? Math.min(first, ends[1] ?? first),
    to: ends[1] ?? Math.max(last, ends[0] ?? last),
  };
}

function scopesOf(
  shop: PlainShop,
  namesOf: (item: PlainItem) => readonly string[],
  seed: number,
  first: number,
  last: number,
): DashboardScope[] {
  const random = generator(seed + 100);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const sources = [...new Set(shop.rows.map(({ source }) => source ?? "unattributed"))];
  const genres = shop.items.flatMap(namesOf);
  const hasDays = shop.rows[0]!.time !== undefined;
  const filters = (): DashboardScope => ({
    ...(random() < 0.5 ? { source: pick(sources) } : {}),
    ...(random() < 0.5 ? { category: pick(genres) } : {}),
  });
  if (!hasDays) return [{}, { source: pick(sources) }, { category: pick(genres) }, filters()];
  const range = (): DashboardScope => {
    const ends = [0, 0].map(() => first - 5 + Math.floor(random() * (last - first + 10)));
    return { from: dayText(Math.min(...ends)), to: dayText(Math.max(...ends)) };
  };
  return [
    {},
    { source: pick(sources), category: pick(genres) },
    { from: dayText(first), to: dayText(first) },
    { from: dayText(last + 10), to: dayText(last + 20) }, // after the data
    { from: dayText(last + 10) },
    { from: dayText(first - 20), to: dayText(first - 10), source: pick(sources) },
    { to: dayText(first - 10) },
    { from: dayText(first - 3), to: dayText(first + 1) },
    { from: dayText(first + 2), to: dayText(first + 4) }, // the period before begins with the day before the data
    { from: dayText(first + 3), to: dayText(first + 5) }, // the period before is the data's first days
    { from: dayText(last - 2), to: dayText(last + 3) },
    { from: dayText(first - 1000), to: dayText(last + 1000) },
    ...Array.from({ length: 6 }, () => ({ ...range(), ...filters() })),
    { to: dayText(Math.floor((first + last) / 2)), ...filters() },
  ];
}

function expectNumber(actual: number | null, expected: number | null, what: string): void {
  if (expected === null || actual === null) expect(actual, what).toBe(expected);
  else expect(actual, what).toBeCloseTo(expected, 9);
}

function expectFigures(
  answer: KpiAnswer,
  plain: PlainFigures,
  places: readonly string[] | undefined,
  what: string,
): void {
  expectNumber(answer.value, plain.value, `${what}: value`);
  expect(answer.rows, `${what}: rows`).toBe(plain.rows);
  const names = answer.series.map(({ name }) => name);
  expect(names.toSorted(), `${what}: series`).toEqual([...plain.series.keys()].toSorted());
  for (const { name, points } of answer.series) {
    const expected = new Map(
      [...plain.series.get(name)!].map(([place, value]) => [
        typeof place === "number"
          ? places === undefined && answer.range === null
            ? "all days"
            : dayText(place)
          : place,
        value,
      ]),
    );
    const actual = points.map(
      (point) => ["day" in point ? point.day : point.label, point.value] as const,
    );
    const listed = actual.map(([place]) => place);
    if (places === undefined)
      expect(listed.toSorted(), what).toEqual([...expected.keys()].toSorted());
    else expect(listed, what).toEqual(places);
    const isCount = ["interactions", "users", "items", "value"].includes(answer.unit);
    for (const [place, value] of actual) {
      const given = expected.get(place);
      expectNumber(
        value,
        given === undefined ? (isCount ? 0 : null) : given,
        `${what}: ${name} at ${place}`,
      );
    }
  }
}

/** The KPIs whose points are the spans of the range. */
const OVER_DAYS = new Set([
  "interactions",
  "source-shares",
  "recsys-share",
  "active-users",
  "users-reached",
  "items-reached",
  "interactions-per-user",
  "new-items",
  "repeat-rate",
  "revenue",
]);

describe.each(Object.entries(SHOPS))("A11 %s", (_, shape) => {
  test("every KPI equals a recomputation from the raw rows", async () => {
    const shop = randomShop(shape);
    const { categoryFeature, unit = "s" } = shape;
    const measured = await measuredShop({
      collector: { timestampUnit: unit },
      dashboard: categoryFeature === undefined ? {} : { categoryFeature },
    });
    const { dashboard } = measured;
    await measured.measure(rawFiles(shop, unit));
    const namesOf = ({ id, genres }: PlainItem): readonly string[] =>
      categoryFeature === "brand" ? [brandOf(id)] : genres;
    const days = [...shop.rows, ...(shop.impressions ?? [])].map(({ time }) =>
      time === undefined || shape.withoutTimestamps === true ? 0 : Math.floor(time / 86_400),
    );
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const { spanOf, all } = spanFinder(first, last);
    const plain = plainKpis(shop, spanOf, namesOf);
    const missing = unavailable(shape);
    const { kpis } = await dashboard.describe();
    expect(kpis.map(({ id }) => id).toSorted()).toEqual(
      [...Object.keys(plain), "hit-rate"].toSorted(),
    );
    for (const scope of scopesOf(shop, namesOf, shape.seed, first, last)) {
      for (const { id, filters } of kpis) {
        const what = `${id} ${JSON.stringify(scope)}`;
        const answer = await dashboard.answer(id, scope);
        const asked: PlainScope = {
          ...daysOf(scope, first, last),
          source: filters.includes("source") ? scope.source : undefined,
          category: filters.includes("category") ? scope.category : undefined,
        };
        const hasDays = shape.withoutTimestamps !== true;
        const length = id === "week-over-week" ? 7 : asked.to - asked.from + 1;
        const periods = COMPARING.includes(id) ? 2 : 1;
        /** Does the data go back to this many periods before the end of the range? */
        const reaches = (count: number): boolean => asked.to + 1 - count * length >= first;
        const isMissing = missing.has(id) || (periods === 2 && !reaches(2));
        expect(answer.unavailable !== undefined, what).toBe(isMissing);
        if (isMissing) {
          expect(answer, what).toMatchObject({ value: null, previous: null, series: [], rows: 0 });
          continue;
        }
        const places = OVER_DAYS.has(id) && hasDays ? all(asked).map(dayText) : undefined;
        expectFigures(answer, plain[id]!(asked), places, what);
        const before = { ...asked, from: asked.to - 2 * length + 1, to: asked.to - length };
        expectNumber(
          answer.previous,
          hasDays && reaches(periods + 1) ? plain[id]!(before).value : null,
          `${what}: previous`,
        );
        const range = hasDays
          ? { from: dayText(asked.to - length + 1), to: dayText(asked.to) }
          : null;
        expect(answer.range, what).toEqual(range);
        expect(
          answer.table.rows.every((row) => row.length === answer.table.columns.length),
          what,
        ).toBe(true);
      }
    }
  }, 400_000);
});
