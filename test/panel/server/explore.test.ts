import { afterAll, beforeAll, expect, test } from "vitest";

import { buildSearchIndex } from "../../../src/panel/server/explore/search-index.ts";
import { addExploreRoutes } from "../../../src/panel/server/index.ts";
import { publish } from "../../../src/storage/index.ts";
import type { EntityHit, ItemPage, UserPage, WhyNot } from "../../../src/schema/index.ts";
import { asker } from "./answers.ts";
import { bareApp } from "./bare-app.ts";
import { ITEMS, listsOf, makeExploreShop, STORED, USERS } from "./explore-shop.ts";

let shop: Awaited<ReturnType<typeof makeExploreShop>>;
let panel: ReturnType<typeof asker> & { readonly app: ReturnType<typeof bareApp>["app"] };
beforeAll(async () => {
  shop = await makeExploreShop();
  const { app } = bareApp(addExploreRoutes, { bucket: shop.bucket });
  panel = { app, ...asker(app) };
}, 300_000);
afterAll(async () => {
  await panel.app.close();
  shop.end();
});

const get = <T>(path: string): Promise<T> => panel.json<T>({ url: `/panel/api/explore/${path}` });
/** Different items of a user, the latest first. */
const itemsOf = (user: string): string[] => [
  ...new Set(
    shop.rows
      .filter((row) => row.user === user)
      .map(({ item }) => item)
      .reverse(),
  ),
];

test("a user's page holds the latest rows of the CSV with their sources, and the novel list with its probabilities", async () => {
  const novel = await listsOf(shop.bucket, "core-1", "items2users_novel.csv");
  for (const user of ["1", "10", "77", "120"]) {
    const page = await get<UserPage>(`users/${user}`);
    const rows = shop.rows.filter((row) => row.user === user);
    expect(page.interactions).toBe(rows.length);
    const latest = rows.toReversed().slice(0, 100);
    expect(page.history.map((row) => row.timestamp)).toEqual(latest.map((row) => row.timestamp));
    expect(page.history.map(({ itemId, source }) => `${itemId} ${source ?? ""}`).sort()).toEqual(
      latest.map(({ item, source }) => `${item} ${source}`).sort(),
    );
    expect(page.recommendations.map(({ itemId }) => itemId)).toEqual(
      novel.get(user)!.map(([item]) => item),
    );
    for (const [at, { probability }] of page.recommendations.entries()) {
      expect(probability).toBeCloseTo(novel.get(user)![at]![1], 7);
    }
  }
});

test("a recommendation names the nearest items of the history by the cosine of the model's vectors, and shared feature values with their counts", async () => {
  const { cosine, valuesOf } = shop.vectors;
  const { recommendations } = await get<UserPage>("users/10");
  const history = itemsOf("10");
  for (const { itemId, because, matches } of recommendations) {
    const similarities = history.map((item) => cosine(item, itemId)).sort((a, b) => b - a);
    expect(because).toHaveLength(3);
    for (const [place, { itemId: known, similarity }] of because.entries()) {
      expect(history).toContain(known);
      expect(similarity).toBeCloseTo(similarities[place]!, 5);
      expect(similarity).toBeCloseTo(cosine(known, itemId), 5);
    }
    expect(matches.length).toBeGreaterThan(0);
    for (const { feature, value, historyItems } of matches) {
      const name = `${feature}: ${value}`;
      expect(valuesOf(itemId)).toContain(name);
      expect(historyItems).toBe(history.filter((item) => valuesOf(item).includes(name)).length);
    }
  }
});

test("an item's page holds its rows, its users, its neighbours by the vectors, and in how many top 10s it stands", async () => {
  const novelUsers = await listsOf(shop.bucket, "core-1", "users2items_novel.csv");
  const novelItems = await listsOf(shop.bucket, "core-1", "items2users_novel.csv");
  for (const item of ["1", "11", "70"]) {
    const page = await get<ItemPage>(`items/${item}`);
    expect(page.interactions).toBe(shop.rows.filter((row) => row.item === item).length);
    expect(page.users.map(({ userId }) => userId)).toEqual(
      (novelUsers.get(item) ?? []).map(([user]) => user),
    );
    const others = Array.from({ length: ITEMS }, (_, i) => String(i + 1)).filter(
      (other) => other !== item,
    );
    const cosines = others.map((other) => shop.vectors.cosine(item, other)).sort((a, b) => b - a);
    expect(page.neighbours).toHaveLength(10);
    for (const [place, { similarity }] of page.neighbours.entries()) {
      expect(similarity).toBeCloseTo(cosines[place]!, 5);
    }
    const tops = [...novelItems.values()].map((list) => list.slice(0, 10).map(([id]) => id));
    expect(page.recommendedTo).toBe(tops.filter((top) => top.includes(item)).length);
    expect(page.attributes).toHaveProperty("title");
  }
});

test("why not: ranks and probabilities are those of a list of full length, beyond what is stored, too", async () => {
  const novel = (await listsOf(shop.bucket, "core-2", "items2users_novel.csv")).get("20")!;
  const all = (await listsOf(shop.bucket, "core-2", "items2users.csv")).get("20")!;
  const seen = new Set(itemsOf("20"));
  expect(novel).toHaveLength(ITEMS - seen.size);
  for (const place of [0, 5, STORED - 1, STORED, STORED + 3, novel.length - 1]) {
    if (place >= novel.length) continue;
    const [item, probability] = novel[place]!;
    const why = await get<WhyNot>(`why-not?user=20&item=${item}`);
    expect(why).toMatchObject({ rank: place + 1, of: novel.length, seen: false });
    expect(why.probability).toBeCloseTo(probability, 7);
    expect(why.explained).toMatchObject({ itemId: item });
    expect(why.reason).toContain(place < 10 ? "it is recommended" : `ranks ${place + 1}`);
  }
  for (const item of [...seen].slice(0, 3)) {
    const place = all.findIndex(([id]) => id === item);
    const why = await get<WhyNot>(`why-not?user=20&item=${item}`);
    expect(why).toMatchObject({ rank: place + 1, of: ITEMS, seen: true });
    expect(why.reason).toContain("has already interacted with it");
  }
}, 60_000);

test("a search finds by the id's start and by the title, whatever the case; the id itself comes first", async () => {
  const ids = async (side: string, text: string): Promise<string[]> =>
    (await get<EntityHit[]>(`search?side=${side}&text=${encodeURIComponent(text)}`)).map(
      ({ id }) => id,
    );
  const wanted = Array.from({ length: USERS }, (_, i) => String(i + 1)).filter((id) =>
    id.startsWith("1"),
  );
  const found = await ids("users", "1");
  expect(found[0]).toBe("1");
  expect(found).toHaveLength(20);
  expect(wanted).toEqual(expect.arrayContaining(found));
  const { attributes, interactions } = await get<ItemPage>("items/33");
  const title = String(attributes["title"]);
  const [hit] = await get<EntityHit[]>(
    `search?side=items&text=${encodeURIComponent(title.toUpperCase())}`,
  );
  expect(hit).toEqual({ id: "33", title, interactions });
  expect(await ids("items", "no such title")).toEqual([]);
});

test("before anything is typed there is something to begin with: the most popular items, some users", async () => {
  const items = await get<EntityHit[]>("search?side=items&text=");
  const counts = items.map(({ interactions }) => interactions);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const all = await Promise.all(
    Array.from({ length: ITEMS }, (_, i) => get<ItemPage>(`items/${i + 1}`)),
  );
  const most = all.map(({ interactions }) => interactions).sort((a, b) => b - a);
  expect(counts).toEqual(most.slice(0, 20));
  expect(await get<EntityHit[]>("search?side=users&text=")).toHaveLength(20);
});

test("what is not known is not found; what is served next is shown next", async () => {
  expect(await panel.refusal({ url: "/panel/api/explore/users/999" })).toMatchObject({
    status: 404,
    message: 'what is served knows no user "999"',
  });
  expect(await panel.refusal({ url: "/panel/api/explore/why-not?user=1" })).toMatchObject({
    status: 400,
    fields: [{ path: "item" }],
  });
  expect((await get<UserPage>("users/1")).recommendations).toHaveLength(STORED);
  await publish(shop.bucket, "batch_transform_inference_output", "core-2");
  expect((await get<UserPage>("users/1")).recommendations).toHaveLength(20);
  await publish(shop.bucket, "batch_transform_inference_output", "core-1");
  const { app } = bareApp(addExploreRoutes);
  expect(await asker(app).refusal({ url: "/panel/api/explore/users/1" })).toMatchObject({
    status: 404,
    code: "nothing_served",
  });
  await app.close();
});

test("of 100,000 items a search takes less than 100 ms, also for a letter that all have", async () => {
  const count = 100_000;
  const title = (i: number): string =>
    `Product number ${i} of the ${i % 7 === 0 ? "RED" : "blue"} line`;
  const index = await buildSearchIndex({
    count,
    indexOf: () => undefined,
    idOf: (i) => `sku-${i}`,
    attributesOf: () => ({}),
    titleOf: title,
  });
  for (const [text, expected] of [
    ["red", 0],
    ["", 0],
    ["sku-99999", 99_999],
    ["o", 0],
    ["number 4242 ", 4242],
  ] as const) {
    const start = performance.now();
    const [first] = index.find(text, 20, (i) => -i);
    expect(performance.now() - start).toBeLessThan(100);
    expect(first).toBe(expected);
  }
});
