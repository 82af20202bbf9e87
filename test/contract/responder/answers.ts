import { expect, test } from "vitest";

import { ask, type Edge } from "./edge.ts";
import type { List, Shop } from "../../responder/shop.ts";

/** The ids listed for an id. */
function idsOf(body: string, id: string): unknown[] {
  const lists = JSON.parse(body) as Record<string, { item_id?: unknown; user_id?: unknown }[]>;
  return lists[id]!.map(({ item_id, user_id }) => item_id ?? user_id);
}

const all: List = [
  ["1", 0.9],
  ["2", 0.8],
  ["3", 0.7],
  ["4", 0.6],
];
const shop: Shop = {
  users: { 10: { age: 30 }, 20: {} },
  items: { 1: { age: 5, name: "One" }, 2: {}, 3: {}, 4: {}, 5: {} },
  cold: {
    all: [
      ["5", 0.3],
      ["1", 0.2],
    ],
    novel: [
      ["5", 0.3],
      ["1", 0.2],
    ],
  },
  forUsers: {
    10: {
      all,
      novel: [
        ["3", 0.7],
        ["4", 0.6],
        ["5", 0.5],
      ],
    },
    20: { all, novel: [["4", 0.6]] },
  },
  forItems: {
    1: {
      all: [
        ["10", 0.9],
        ["20", 0.8],
      ],
      novel: [["20", 0.8]],
      liftAll: [
        ["20", 0.8],
        ["10", 0.9],
      ],
      liftNovel: [["20", 0.8]],
    },
  },
  seen: { 10: ["2", "1", "2"], 20: ["1", "2", "3", "5"] },
  counts: { 1: 50, 2: 40, 3: 30, 4: 30, 5: 10 },
};

/** What each route answers (Q73–Q99). */
export function answers(edge: Edge): void {
  test("Q75 Q80 Q81 a user gets exactly k items, the most probable first", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "item-to-user", { id_list: "10", k: "3" });
    expect(body).toBe(
      '{"10":[{"item_id":1,"interaction_probability":0.89999998},{"item_id":2,"interaction_probability":0.80000001},{"item_id":3,"interaction_probability":0.69999999}]}',
    );
  });

  test("Q76 novel_only=1 never returns an item the user interacted with, and still returns k", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "item-to-user", { id_list: "10", k: "3", novel_only: "1" });
    expect(idsOf(body, "10")).toEqual([3, 4, 5]);
  });

  test("A15 a user who has seen everything but one gets that one", async () => {
    const app = await edge.serve(shop);
    const question = { id_list: "20", k: "4", novel_only: "1" };
    expect(idsOf((await ask(app, "item-to-user", question)).body, "20")).toEqual([4]);
    expect(idsOf((await ask(app, "popular", question)).body, "20")).toEqual([4]);
  });

  test("Q77 attributes come with return_attributes=1 only", async () => {
    const app = await edge.serve(shop);
    const question = { id_list: "10", k: "1" };
    const { body } = await ask(app, "item-to-user", { ...question, return_attributes: "1" });
    expect(body).toBe(
      '{"10":[{"item_id":1,"interaction_probability":0.89999998,"age":5,"name":"One"}]}',
    );
    expect((await ask(app, "item-to-user", question)).body).not.toContain("One");
  });

  test("Q78 Q82 A4 keys are texts in the order of id_list, which no JavaScript object keeps", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "popular", { id_list: "20,3,10", k: "1" });
    expect(body.match(/"\d+":\[/g)).toEqual(['"20":[', '"3":[', '"10":[']);
  });

  test("Q87 Q88 an item gets its users, novel_only those who never interacted with it", async () => {
    const app = await edge.serve(shop);
    const users = async (novel_only: string) =>
      idsOf((await ask(app, "user-to-item", { id_list: "1", novel_only })).body, "1");
    expect(await users("0")).toEqual([10, 20]);
    expect(await users("1")).toEqual([20]);
  });

  test("rank_by=lift ranks an item's users by lift and still gives probabilities", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "user-to-item", { id_list: "1", rank_by: "lift" });
    expect(body).toBe(
      '{"1":[{"user_id":20,"interaction_probability":0.80000001},{"user_id":10,"interaction_probability":0.89999998}]}',
    );
    const novel = await ask(app, "user-to-item", {
      id_list: "1",
      rank_by: "lift",
      novel_only: "1",
    });
    expect(idsOf(novel.body, "1")).toEqual([20]);
  });

  test("Q89 A9 attributes of users are returned where there are any, and nothing is added where not", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "user-to-item", { id_list: "1", return_attributes: "1" });
    expect(body).toContain('{"user_id":10,"interaction_probability":0.89999998,"age":30}');
    expect(body).toContain('{"user_id":20,"interaction_probability":0.80000001}');
  });

  test("Q93 Q94 Q97 A16 popular items come by count, ties by the larger id, novel ones for each user", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "popular", { id_list: "10", k: "4" });
    expect(body).toBe(
      '{"10":[{"item_id":1,"count":50},{"item_id":2,"count":40},{"item_id":4,"count":30},{"item_id":3,"count":30}]}',
    );
    const novel = await ask(app, "popular", { id_list: "10,20", k: "2", novel_only: "1" });
    expect([idsOf(novel.body, "10"), idsOf(novel.body, "20")]).toEqual([[4, 3], [4]]);
  });

  test("Q95 A9 popular returns the attributes of the items", async () => {
    const app = await edge.serve(shop);
    const { body } = await ask(app, "popular", { id_list: "10", k: "1", return_attributes: "1" });
    expect(body).toBe('{"10":[{"item_id":1,"count":50,"age":5,"name":"One"}]}');
  });

  test("A14 an unknown user gets the cold user's list, and a header tells which users these were", async () => {
    const app = await edge.serve(shop);
    const { body, headers } = await ask(app, "item-to-user", { id_list: "99,10,x y" });
    expect(idsOf(body, "99")).toEqual([5, 1]);
    expect(idsOf(body, "10")).toEqual([1, 2, 3, 4]);
    expect(idsOf(body, "x y")).toEqual([5, 1]);
    expect(headers["x-recsys-cold"]).toBe("99,x%20y");
  });

  test.skipIf(edge.isGetOnly)(
    "A14 the header of very many unknown users stays below what clients accept",
    async () => {
      const app = await edge.serve(shop);
      const id_list = Array.from(
        { length: 100 },
        (_, i) => `unknown-user-with-a-long-id-${"é".repeat(20)}-${i}`,
      );
      const { headers, body } = await app.call({
        method: "POST",
        url: "/recommend/item-to-user",
        payload: { type: "items2users", id_list, k: 1, novel_only: 0, return_attributes: 0 },
      });
      expect(String(headers["x-recsys-cold"]).length).toBeLessThan(4200);
      expect(String(headers["x-recsys-cold"])).toMatch(/\.\.\.$/);
      expect(Object.keys(JSON.parse(body) as object)).toEqual(id_list);
    },
  );

  test("A14 coldUser sets what an unknown user gets: popular items, or nothing", async () => {
    const popular = await edge.serve(shop, { coldUser: "popular" });
    const question = { id_list: "99", k: "1" };
    expect((await ask(popular, "item-to-user", question)).body).toBe(
      '{"99":[{"item_id":1,"count":50}]}',
    );
    const empty = await edge.serve(shop, { coldUser: "empty" });
    expect((await ask(empty, "item-to-user", question)).body).toBe('{"99":[]}');
  });

  test("A14 an unknown item has an empty list, an unknown user all popular items, and no key is missing", async () => {
    const app = await edge.serve(shop);
    expect((await ask(app, "user-to-item", { id_list: "99,1", k: "1" })).body).toBe(
      '{"99":[],"1":[{"user_id":10,"interaction_probability":0.89999998}]}',
    );
    const { body } = await ask(app, "popular", { id_list: "99", k: "4", novel_only: "1" });
    expect(idsOf(body, "99")).toEqual([1, 2, 4, 3]);
  });

  test("A4 ids that are not all numbers are texts, whatever they hold, and are found by their exact text", async () => {
    const ids = [
      "007",
      "12345678901234567890",
      "1e3",
      'a"b',
      "a,b",
      "ünïcödé 😀",
      "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
      "__proto__",
    ];
    const sorted = ids.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const lists = { all: sorted.map((id): [string, number] => [id, 0.5]), novel: [] };
    const app = await edge.serve({
      users: new Map(sorted.map((id) => [id, {}])),
      items: new Map(sorted.map((id) => [id, {}])),
      userIds: "string",
      itemIds: "string",
      forUsers: Object.fromEntries(sorted.map((id) => [id, lists])),
    });
    const { body, headers } = await ask(app, "item-to-user", { id_list: JSON.stringify(sorted) });
    for (const id of sorted) expect(idsOf(body, id)).toEqual(sorted);
    expect(headers["x-recsys-cold"]).toBeUndefined();
    expect((await ask(app, "item-to-user", { id_list: "7" })).headers["x-recsys-cold"]).toBe("7");
  });
}
