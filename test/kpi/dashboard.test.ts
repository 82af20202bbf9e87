import { describe, expect, test } from "vitest";

import { NoFiguresError, ScopeError } from "../../src/kpi/index.ts";
import { DashboardDescription, KpiAnswer } from "../../src/schema/index.ts";
import { readManifest } from "../../src/storage/index.ts";
import { measuredShop } from "./measured-shop.ts";
import { type PlainShop, randomShop, rawFiles } from "./plain-shop.ts";

const SHOP = randomShop({
  seed: 31,
  users: 6,
  rows: 80,
  days: 20,
  sources: ["search", "recsys", "search", ""],
});

/** A shop given by its rows: user, item, day of January 2024, source. */
function tiny(rows: readonly (readonly [number, number, number, string?])[]): PlainShop {
  const items = [1, 2, 3].map((id) => ({
    id,
    title: `T${id}`,
    genres: id === 3 ? [] : ["g", "h"],
  }));
  return {
    items,
    rows: rows.map(([user, item, day, source]) => ({
      user,
      item,
      rating: 1,
      time: Date.UTC(2024, 0, day, 12) / 1000,
      ...(source === undefined ? {} : { source }),
    })),
  };
}

test("Q139 before the collector has run, the dashboard says what to do", async () => {
  const { dashboard } = await measuredShop();
  await expect(dashboard.describe()).rejects.toThrow(NoFiguresError);
  await expect(dashboard.answer("interactions", {})).rejects.toThrow(/execute the collector first/);
});

test("Q141 the description tells days, sources, categories and every KPI with words, formula and SQL", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(rawFiles(SHOP));
  const description = DashboardDescription.parse(await dashboard.describe());
  const days = SHOP.rows
    .map(({ time }) => new Date(time! * 1000).toISOString().slice(0, 10))
    .sort();
  expect(description).toMatchObject({
    execution: "one",
    createdAt: "2027-01-15T08:00:00.000Z",
    firstDay: days[0],
    lastDay: days.at(-1),
    // The recommender first, then by their rows.
    sources: ["recsys", "search", "unattributed"],
    categoryFeature: "genre",
    rows: { interactions: 80, users: 6, items: 12, impressions: 0 },
  });
  expect(description.categories.toSorted()).toEqual(["comedy", "drama", "other", "war"]);
  expect(description.missing.map(({ what }) => what).toSorted()).toEqual([
    "impressions",
    "ratings",
    "served",
  ]);
  expect(new Set(description.kpis.map(({ id }) => id)).size).toBe(21);
  for (const { id, words, formula, sql, title } of description.kpis) {
    expect(words.length, id).toBeGreaterThan(80);
    expect(formula.length * title.length, id).toBeGreaterThan(0);
    expect(sql, id).toMatch(/^\s*(SELECT|WITH|CREATE TEMP TABLE base)/);
  }
  for (const { id } of description.kpis) KpiAnswer.parse(await dashboard.answer(id, {}));
}, 240_000);

describe("a scope", () => {
  const cases: [scope: unknown, problem: RegExp][] = [
    [{ from: "yesterday" }, /^scope\.from: Invalid ISO date/],
    [{ to: "2024-02-30" }, /^scope\.to: Invalid ISO date/],
    [
      { from: "2024-03-02", to: "2024-03-01" },
      /from: it must not be after scope\.to, got 2024-03-02 and 2024-03-01/,
    ],
    [{ source: "tv" }, /source: it must be one of "recsys", "search", "unattributed", got "tv"/],
    [{ source: "all" }, /got "all"/],
    [{ source: "recsys'; DROP TABLE daily" }, /it must be one of/],
    [
      { category: "horror", source: "tv" },
      /source: .*; scope\.category: it must be one of .*"comedy"/,
    ],
    [{ source: 2 }, /^scope\.source: /],
    [{ sql: "1" }, /^scope: /],
    [null, /^scope: /],
    ["", /^scope: /],
  ];
  test("that is none is refused, with what is wrong", async () => {
    const { dashboard, measure } = await measuredShop();
    await measure(rawFiles(SHOP));
    for (const [scope, problem] of cases) {
      const refusal = dashboard.answer("interactions", scope);
      await expect(refusal, JSON.stringify(scope)).rejects.toThrow(ScopeError);
      await expect(refusal, JSON.stringify(scope)).rejects.toThrow(problem);
    }
    await expect(dashboard.answer("nothing", {})).rejects.toThrow(
      /^there is no KPI "nothing"; there are recsys-share, /,
    );
    await expect(dashboard.answer("nothing", {})).rejects.toThrow(ScopeError);
    // Only a range that is given turned around is wrong: one that begins after the data is empty.
    expect(await dashboard.answer("interactions", { from: "2030-01-01" })).toMatchObject({
      value: 0,
      rows: 0,
      series: [],
    });
  }, 240_000);

  test("of days is refused without timestamps", async () => {
    const { dashboard, measure } = await measuredShop();
    await measure(
      rawFiles(randomShop({ seed: 3, users: 3, rows: 30, days: 9, withoutTimestamps: true })),
    );
    await expect(dashboard.answer("interactions", { to: "2024-01-01" })).rejects.toThrow(
      /the data has no days/,
    );
    await expect(dashboard.answer("interactions", { category: "x" })).rejects.toThrow(ScopeError);
    const answer = await dashboard.answer("interactions", {});
    expect(answer).toMatchObject({ range: null, previousRange: null, previous: null, value: 30 });
    expect(answer.series).toEqual([
      { name: "unattributed", points: [{ label: "all days", value: 30 }] },
    ]);
    const { missing, firstDay, lastDay } = await dashboard.describe();
    expect([firstDay, lastDay]).toEqual([null, null]);
    expect(missing).toContainEqual({
      what: "timestamps",
      why: expect.stringMatching(/totals only and no days/) as string,
    });
    expect(missing).toContainEqual({
      what: "sources",
      why: expect.stringMatching(/have no source/) as string,
    });
  }, 240_000);
});

test("the figures by hand: points, the period before, the table, and a day without rows", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(
    rawFiles(
      tiny([
        [1, 1, 1, "search"],
        [1, 1, 3, "recsys"],
        [2, 1, 3, "search"],
        [2, 2, 4, "recsys"],
        [2, 2, 4, "recsys"],
        [3, 3, 6, "search"],
      ]),
    ),
  );
  const answer = await dashboard.answer("interactions", { from: "2024-01-03", to: "2024-01-04" });
  expect(answer).toEqual({
    id: "interactions",
    range: { from: "2024-01-03", to: "2024-01-04" },
    previousRange: { from: "2024-01-01", to: "2024-01-02" },
    step: "day",
    value: 4,
    previous: 1,
    unit: "interactions",
    rows: 4,
    series: [
      {
        name: "recsys",
        points: [
          { day: "2024-01-03", value: 1 },
          { day: "2024-01-04", value: 2 },
        ],
      },
      {
        name: "search",
        points: [
          { day: "2024-01-03", value: 1 },
          { day: "2024-01-04", value: 0 },
        ],
      },
    ],
    table: {
      columns: ["from", "recsys", "search"],
      rows: [
        ["2024-01-03", 1, 1],
        ["2024-01-04", 2, 0],
      ],
    },
  });
  // The data does not reach back four days more.
  expect(
    await dashboard.answer("interactions", { from: "2024-01-03", to: "2024-01-05" }),
  ).toMatchObject({ previous: null });
  expect((await dashboard.answer("top-items", { from: "2024-01-03" })).table).toEqual({
    columns: ["rank", "item_id", "title", "interactions", "share"],
    rows: [
      [1, "1", "T1", 2, 0.4],
      [2, "2", "T2", 2, 0.4],
      [3, "3", "T3", 1, 0.2],
    ],
  });
  expect(
    (await dashboard.answer("movers", { from: "2024-01-04", to: "2024-01-06" })).table,
  ).toEqual({
    columns: ["item_id", "title", "interactions", "period before", "change"],
    rows: [
      ["2", "T2", 2, 0, 2],
      ["3", "T3", 1, 0, 1],
      ["1", "T1", 0, 3, -3],
    ],
  });
  const week = await dashboard.answer("week-over-week", {});
  expect(week.range).toEqual({ from: "2023-12-31", to: "2024-01-06" });
  expect(week.table.columns).toEqual(["figure", "last seven days", "seven days before", "change"]);
  expect(week.table.rows[0]).toEqual(["interactions", 6, 0, null]);
  expect(await dashboard.answer("time-to-recsys", {})).toMatchObject({ value: 1, rows: 2 });
}, 240_000);

test("the dashboard follows the pointer, and lets go of what it had open", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(rawFiles(tiny([[1, 1, 1]])), "one");
  expect(await dashboard.describe()).toMatchObject({ execution: "one", rows: { interactions: 1 } });
  const asked = Array.from({ length: 8 }, () => dashboard.answer("active-users", {}));
  await measure(rawFiles(tiny([[1, 1, 1], [2, 1, 2]])), "two"); // prettier-ignore
  for (const answer of await Promise.all(asked)) expect(answer.value).toBe(1);
  expect(await dashboard.describe()).toMatchObject({ execution: "two", lastDay: "2024-01-02" });
  expect((await dashboard.answer("active-users", {})).value).toBe(2);
}, 240_000);

test("the artefact says what it was made from, and is the same bytes each time", async () => {
  const { bucket, measure, measureAgain } = await measuredShop();
  await measure(
    rawFiles(
      randomShop({
        seed: 5,
        users: 30,
        rows: 900,
        days: 40,
        sources: ["recsys", "a"],
        explicit: true,
        impressions: 200,
      }),
    ),
  );
  const { inputs, files } = await readManifest(bucket, "kpi", "one");
  expect(inputs).toEqual({ processed_data: "one" });
  expect(Object.keys(files)).toEqual([
    "active_items.parquet",
    "active_users.parquet",
    "catalogue.parquet",
    "daily.parquet",
    "first_recsys.parquet",
    "impressions.parquet",
    "item_categories.parquet",
    "item_days.parquet",
    "item_spans.parquet",
    "ratings.parquet",
    "served.parquet",
    "weeks.parquet",
  ]);
  await measureAgain("one");
  expect((await readManifest(bucket, "kpi", "one")).files).toEqual(files);
}, 240_000);

describe("the categories", () => {
  const items = (genres: (at: number) => readonly string[], count = 8): PlainShop["items"] =>
    Array.from({ length: count }, (_, at) => ({ id: at + 1, title: `T${at}`, genres: genres(at) }));
  const rows = [{ user: 1, item: 1, rating: 1, time: 1e9 }];

  test("are of the feature that the configuration names, and a wrong name is refused with the right ones", async () => {
    const shop = { rows, items: items((at) => [at < 4 ? "x" : "y"], 40) };
    const byDefault = await measuredShop();
    await byDefault.measure(rawFiles(shop));
    expect(await byDefault.dashboard.describe()).toMatchObject({
      categoryFeature: "genre",
      categories: ["y", "x"],
    });
    const chosen = await measuredShop({ dashboard: { categoryFeature: "brand" } });
    await chosen.measure(rawFiles(shop));
    expect((await chosen.dashboard.describe()).categories).toHaveLength(10);
    const wrong = await measuredShop({ dashboard: { categoryFeature: "Title" } });
    await expect(wrong.measure(rawFiles(shop))).rejects.toThrow(
      'dashboard.categoryFeature is "Title", but the items have no feature of categories with this name; choose one of "genre", "brand"',
    );
  }, 240_000);

  test("are at most fifty, those of the most items, and the rest is other", async () => {
    // Value n is of 61 − n items; the last ten values are too rare, alone or beside a frequent one.
    const many = items(
      (at) =>
        Array.from({ length: 60 }, (_, n) => n)
          .filter((n) => at < 61 - n)
          .map((n) => `v${n}`)
          .slice(-1),
      62,
    );
    const counts = new Map<string, number>();
    for (const { genres } of many)
      for (const genre of genres) counts.set(genre, (counts.get(genre) ?? 0) + 1);
    const chosen = await measuredShop({ dashboard: { categoryFeature: "genre" } });
    await chosen.measure(rawFiles({ rows, items: many }));
    const { categories } = await chosen.dashboard.describe();
    const frequent = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 50);
    expect(categories).toEqual([...frequent.map(([name]) => name), "other"]);
  }, 240_000);

  test("are none where no feature has two values, and filtering by one is refused", async () => {
    const { dashboard, measure } = await measuredShop();
    await measure({
      "user_item_interactions.csv": "a,1,1,1,search,1000000000\n",
      "item_features.csv": "1\n2\n",
      "item_features_description.json": JSON.stringify({ "0": { name: "item_id", type: "ID" } }),
    });
    const { categoryFeature, categories, missing } = await dashboard.describe();
    expect([categoryFeature, categories]).toEqual([null, []]);
    expect(missing.map(({ what }) => what)).toContain("categories");
    await expect(dashboard.answer("interactions", { category: "a" })).rejects.toThrow(
      /none: the data has none/,
    );
    expect((await dashboard.answer("top-items", {})).table.rows).toEqual([[1, "1", "", 1, 1]]);
  }, 240_000);
});

test("sources beyond thirty are put together, never the recommender", async () => {
  const { dashboard, measure } = await measuredShop();
  const names = Array.from({ length: 40 }, (_, at) => `s${String(at).padStart(2, "0")}`);
  // s00 has 41 rows, s39 two, the recommender one.
  const rows = names.flatMap((source, at) =>
    Array.from({ length: 41 - at }, () => ({ user: 1, item: 1, rating: 1, source, time: 1e9 })),
  );
  const recsys = { user: 1, item: 1, rating: 1, source: "recsys", time: 1e9 };
  await measure(rawFiles({ ...SHOP, rows: [...rows, recsys] }));
  const { sources } = await dashboard.describe();
  expect(sources).toEqual(["recsys", ...names.slice(0, 28), "other sources"]);
  const { value } = await dashboard.answer("interactions", { source: "other sources" });
  expect(value).toBe(names.slice(28).reduce((sum, _, at) => sum + 41 - (28 + at), 0));
}, 240_000);

test("interactions after the year 9999 are left out, and this is told", async () => {
  const { dashboard, measure } = await measuredShop();
  const rows = [1e9, 253_402_300_799, 253_402_300_800].map((time) => ({
    user: 1,
    item: 1,
    rating: 1,
    time,
  }));
  await measure(rawFiles({ ...SHOP, rows }));
  const { lastDay, rows: counted, missing } = await dashboard.describe();
  expect(lastDay).toBe("9999-12-31");
  expect(counted.interactions).toBe(2);
  expect(missing).toContainEqual({
    what: "days",
    why: expect.stringMatching(/^1 interactions lie after the year 9999/) as string,
  });
  const { step, series } = await dashboard.answer("interactions", {});
  expect([step, series[0]!.points.length]).toEqual(["month", (9999 - 2001) * 12 + 4]);
}, 240_000);
