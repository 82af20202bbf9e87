import { expect, test } from "vitest";

import { ask, type Edge } from "./edge.ts";
import type { List, Shop } from "../../responder/shop.ts";
import { ITEMS_FOR_USERS, POPULAR_ITEMS, USERS_FOR_ITEMS } from "./documentation-examples.ts";

interface Entry {
  readonly item_id?: number;
  readonly user_id?: number;
  readonly interaction_probability: number;
  readonly count: number;
}
const read = (text: string) => JSON.parse(text) as Record<string, readonly Entry[]>;

/** The shop that must have given the documentation's answers. */
function documentedShop(): Shop {
  const items: Record<string, object> = { 10: {}, 11: {} };
  const users: Record<string, object> = {};
  const counts: Record<string, number> = {};
  const listOf = (entries: readonly Entry[]): List =>
    entries.map((entry) => [String(entry.item_id ?? entry.user_id), entry.interaction_probability]);
  for (const entry of Object.values({ ...read(ITEMS_FOR_USERS) }).flat()) {
    const { item_id, interaction_probability, ...attributes } = entry;
    if (interaction_probability > 0) items[String(item_id)] = attributes;
  }
  for (const { item_id, count, ...attributes } of Object.values(read(POPULAR_ITEMS)).flat()) {
    items[String(item_id)] = attributes;
    counts[String(item_id)] = count;
  }
  const forUsers = Object.fromEntries(
    Object.entries(read(ITEMS_FOR_USERS)).map(([id, list]) => {
      users[id] = {};
      return [id, { all: [], novel: listOf(list) }];
    }),
  );
  const forItems = Object.fromEntries(
    Object.entries(read(USERS_FOR_ITEMS)).map(([id, list]) => {
      for (const { user_id } of list) users[String(user_id)] = {};
      return [id, { novel: listOf(list) }];
    }),
  );
  // User 10 gets less popular items than user 20, so the three most popular are no news to that user.
  return { users, items, forUsers, forItems, counts, seen: { 10: ["1704", "3471", "2959"] } };
}

/** The text without blanks between tokens, with numbers as 32-bit floats: the documentation prints these as doubles. */
function normal(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === "number" ? Math.fround(value) : value,
  );
}

/** The documentation's own calls (Q100), with its answers. */
export function examples(edge: Edge): void {
  test("Q73 Q78 Q79 Q82 Q83 Q84 Q99 Q100 A8 ten novel items with attributes for users 10 and 20 are the documentation's answer", async () => {
    const app = await edge.serve(documentedShop());
    const question = { id_list: "10,20", novel_only: "1", return_attributes: "1" };
    const { body, headers } = await ask(app, "item-to-user", question);
    expect(normal(body)).toBe(normal(ITEMS_FOR_USERS));
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(headers["x-recsys-cold"]).toBeUndefined();
  });

  test("Q85 Q86 Q88 Q90 Q100 ten novel users for items 10 and 11 are the documentation's answer", async () => {
    const app = await edge.serve(documentedShop());
    const { body } = await ask(app, "user-to-item", { id_list: "10,11", novel_only: "1" });
    expect(normal(body)).toBe(normal(USERS_FOR_ITEMS));
  });

  test("Q91 Q92 Q94 Q95 Q96 Q97 Q99 Q100 A16 three novel popular items with attributes for users 10 and 20 are the documentation's answer", async () => {
    const app = await edge.serve(documentedShop());
    const question = { id_list: "10,20", k: "3", novel_only: "1", return_attributes: "1" };
    const { body } = await ask(app, "popular", question);
    expect(normal(body)).toBe(normal(POPULAR_ITEMS));
  });
}
