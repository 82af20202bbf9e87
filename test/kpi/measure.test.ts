import { describe, expect, test } from "vitest";

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
    expect((await chosen.dashboard.describe()).categories).toEqual(["a0", "a2", "b1", "b3"]);
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
      /category: it must be left out, since the data has none, got "a"/,
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
