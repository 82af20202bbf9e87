import fc from "fast-check";
import { expect, test } from "vitest";

import { ask, responderOf } from "./responder.ts";
import type { Shop } from "./shop.ts";

const K = 20;
const NUMBER = /("interaction_probability":)([^,}]+)/g;

/** Distinct values drawn by a fixed seed, in the order of their UTF-8 bytes, as the core sorts ids. */
function drawn(arbitrary: fc.Arbitrary<string>, count: number, seed: number): string[] {
  const bytes = (text: string): Buffer => Buffer.from(text);
  return [...new Set(fc.sample(arbitrary, { numRuns: count, seed }))]
    .filter((text) => text !== "")
    .sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
}

const texts = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const attributes = fc.record({
  age: fc.option(fc.integer()),
  price: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  name: fc.option(fc.string({ unit: "binary" })),
  kinds: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }),
});

test("Q78 Q79 A4 A8 whatever ids and attributes hold, the answer is the JSON that a plain writer writes", async () => {
  const users = drawn(texts, 30, 1);
  const items = drawn(texts, 60, 2);
  const values = fc.sample(attributes, { numRuns: items.length, seed: 3 });
  const ofItem = new Map(items.map((id, i) => [id, values[i]!]));
  const random = fc.sample(fc.float({ min: 0, max: 1, noNaN: true }), { numRuns: 999, seed: 4 });
  const listOf = (user: number) =>
    Array.from({ length: (user * 7) % (K + 1) }, (_, rank): [string, number] => [
      items[(user * 13 + rank * 5) % items.length]!,
      random[(user * 31 + rank) % random.length]!,
    ]);
  const shop: Shop = {
    users: new Map(users.map((id) => [id, {}])),
    items: ofItem,
    userIds: "string",
    itemIds: "string",
    kMax: K,
    forUsers: Object.fromEntries(users.map((id, i) => [id, { all: listOf(i), novel: [] }])),
  };
  const app = await responderOf(shop);
  for (const return_attributes of ["0", "1"]) {
    for (const k of [1, 7, K]) {
      const id_list = JSON.stringify(users);
      const question = { id_list, k: k.toString(), return_attributes };
      const { body, statusCode } = await ask(app, "item-to-user", question);
      expect(statusCode).toBe(200);
      const entries = users.map((user, i) => {
        const list = listOf(i)
          .slice(0, k)
          .map(([item_id, interaction_probability]) => ({
            item_id,
            interaction_probability,
            ...(return_attributes === "1" ? ofItem.get(item_id) : {}),
          }));
        return `${JSON.stringify(user)}:${JSON.stringify(list)}`;
      });
      const single = (text: string): string =>
        text.replace(
          NUMBER,
          (_, name: string, number: string) => `${name}${Math.fround(Number(number))}`,
        );
      expect(single(body)).toBe(single(`{${entries.join(",")}}`));
    }
  }
});
