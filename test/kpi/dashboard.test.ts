import { describe, expect, test } from "vitest";

import { NoFiguresError, ScopeError } from "../../src/kpi/index.ts";
import { DashboardDescription, KpiAnswer } from "../../src/schema/index.ts";
import { measuredShop } from "./measured-shop.ts";
import { tiny } from "./tiny-shop.ts";
import { randomShop, rawFiles } from "./plain-shop.ts";

const SHOP = randomShop({
  seed: 31,
  users: 6,
  rows: 80,
  days: 20,
  sources: ["search", "recsys", "search", ""],
});

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
  const names = new Set([...description.sources, "others"]);
  for (const { id, sourcesAre, seriesUnit, unit } of description.kpis) {
    const { series } = KpiAnswer.parse(await dashboard.answer(id, {}));
    const labels = series.flatMap(({ points }) =>
      points.flatMap((point) => ("label" in point ? [point.label] : [])),
    );
    if (series.some(({ name }) => names.has(name))) expect(sourcesAre, id).toBe("series");
    if (labels.some((label) => names.has(label))) expect(sourcesAre, id).toBe("labels");
    const largest = Math.max(
      ...series.flatMap(({ points }) => points.map((one) => one.value ?? 0)),
    );
    if (seriesUnit === "share" && unit === "share") expect(largest, id).toBeLessThanOrEqual(1);
  }
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
    const nothing = { value: 0, previous: 0, rows: 0, series: [] };
    expect(await dashboard.answer("interactions", { from: "2030-01-01" })).toMatchObject({
      ...nothing,
      range: { from: "2030-01-01", to: "2030-01-01" },
      previousRange: { from: "2029-12-31", to: "2029-12-31" },
    });
    expect(await dashboard.answer("interactions", { to: "2000-01-01" })).toMatchObject({
      ...nothing,
      previous: null,
      range: { from: "2000-01-01", to: "2000-01-01" },
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
  expect(await dashboard.answer("time-to-recsys", {})).toMatchObject({ value: 1, rows: 2 });
}, 240_000);

test("what compares two periods has figures where the data has both, and else says from when it begins", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(
    rawFiles(
      tiny([
        [1, 1, 3, "search"],
        [1, 1, 10, "recsys"],
        [2, 1, 10, "search"],
        [2, 2, 16, "search"],
        [2, 2, 17, "search"],
      ]),
    ),
  );
  const week = await dashboard.answer("week-over-week", { from: "2024-01-15", to: "2024-01-16" });
  expect(week).toMatchObject({
    range: { from: "2024-01-10", to: "2024-01-16" },
    previousRange: { from: "2024-01-03", to: "2024-01-09" },
    value: 2,
    // The week before has only one to compare with that the data does not have.
    previous: null,
    rows: 4,
  });
  expect(week.table.columns).toEqual(["figure", "last seven days", "seven days before", "change"]);
  expect(week.table.rows[0]).toEqual(["interactions", 3, 1, 2]);
  expect(week.table.rows[1]).toEqual(["interactions through recommendations", 1, 0, null]);
  expect(await dashboard.answer("week-over-week", { to: "2024-01-15" })).toMatchObject({
    value: null,
    unavailable:
      "it compares with the 7 days before, and the data only begins on 2024-01-03; choose a later or a shorter range",
  });
  expect((await dashboard.answer("movers", {})).unavailable).toMatch(/with the 15 days before/);
  expect(
    (await dashboard.answer("movers", { from: "2024-01-03", to: "2024-01-03" })).unavailable,
  ).toMatch(/with the day before/);
  // Three periods of a day: the last against the second, and the second against the first.
  expect(await dashboard.answer("movers", { from: "2024-01-17", to: "2024-01-17" })).toMatchObject({
    value: 0,
    previous: 1,
  });
}, 240_000);

test("a range from the year 0 on is answered, and the period before it has no name", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(rawFiles(tiny([[1, 1, 1]])));
  const answer = await dashboard.answer("interactions", { from: "0001-01-01", to: "9999-12-31" });
  expect(KpiAnswer.parse(answer)).toMatchObject({
    range: { from: "0001-01-01", to: "9999-12-31" },
    previousRange: null,
    value: 1,
    step: "month",
    series: [{ points: [{ day: "2024-01-01", value: 1 }] }],
  });
  const week = await dashboard.answer("week-over-week", { to: "0000-01-03" });
  expect(KpiAnswer.parse(week)).toMatchObject({ range: null, value: null });
}, 240_000);

test("names of features, values and sources are data, whatever they say", async () => {
  const { dashboard, measure } = await measuredShop();
  const feature = `kind"; DROP TABLE facts; --`;
  const [category, other] = [`it's "new"; DROP VIEW items`, "all"];
  const sources = [`'); DROP TABLE daily; --`, "others", "all", "$from"];
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  await measure({
    "user_item_interactions.csv": [
      "interaction_id,user_id,item_id,rating,source,timestamp",
      ...sources.map((source, at) => `i${at},1,${at % 2},1,${quoted(source)},${1e9 + at}`),
      "",
    ].join("\n"),
    "item_features.csv": `item_id,${quoted(feature)}\n${Array.from({ length: 40 }, (_, at) => `${at},${quoted(at % 2 === 0 ? category : other)}\n`).join("")}`,
    "item_features_description.json": JSON.stringify({
      "0": { name: "item_id", type: "ID" },
      "1": { name: feature, type: "string" },
    }),
  });
  const description = await dashboard.describe();
  expect(description).toMatchObject({ categoryFeature: feature, sources: sources.toSorted() });
  expect(description.categories.toSorted()).toEqual([other, category].toSorted());
  for (const source of sources) {
    const asked = await dashboard.answer("interactions", { source });
    expect(asked.series, source).toEqual([
      { name: source, points: [{ day: "2001-09-09", value: 1 }] },
    ]);
  }
  for (const one of [category, other]) {
    expect((await dashboard.answer("interactions", { category: one })).value, one).toBe(2);
    expect((await dashboard.answer("top-items", { category: one })).rows, one).toBe(2);
  }
  for (const { id } of description.kpis) {
    KpiAnswer.parse(await dashboard.answer(id, { source: sources[0]!, category }));
  }
}, 240_000);

test("items of one title are told apart by their ids, and one without a title has its id", async () => {
  const { dashboard, measure } = await measuredShop();
  const shop = tiny([
    [1, 1, 1, "search"],
    [1, 1, 2, "recsys"],
    [1, 2, 2, "search"],
    [1, 3, 2, "search"],
  ]);
  const titles = ["T", "T", ""];
  const items = shop.items.map((item, at) => ({ ...item, title: titles[at]! }));
  await measure(rawFiles({ ...shop, items }));
  const names = async (id: string): Promise<string[][]> => {
    const { series } = await dashboard.answer(id, { from: "2024-01-02" });
    return series.map(({ points }) => points.map((point) => ("label" in point ? point.label : "")));
  };
  const labels = ["T (1)", "T (2)", "3"];
  expect(await names("top-items")).toEqual([labels, labels]); // by the recommender, by search
  expect(await names("movers"), "the other T has not moved").toEqual([["T", "3"]]);
}, 240_000);

test("a point is a day up to 92 days, a week up to 731, beyond that a month", async () => {
  const { dashboard, measure } = await measuredShop();
  await measure(
    rawFiles(
      tiny([
        [1, 1, 1],
        [1, 1, 900],
      ]),
    ),
  );
  const end = (days: number): string =>
    new Date(Date.UTC(2024, 0, days)).toISOString().slice(0, 10);
  for (const [days, step, points] of [
    [92, "day", 92],
    // 2024-01-01 was a Monday.
    [93, "week", 14],
    [731, "week", 105],
    // To 2026-01-01: 24 months and the first day of the next.
    [732, "month", 25],
  ] as const) {
    const answer = await dashboard.answer("interactions", { to: end(days) });
    expect([answer.step, answer.series[0]!.points.length], end(days)).toEqual([step, points]);
  }
}, 240_000);
