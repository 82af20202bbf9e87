import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readDataset } from "../../src/core/index.ts";
import { answerOf, prepare } from "../../src/scoring/questions.ts";
import { type LoadedModel, loadModel } from "../../src/scoring/load-model.ts";
import { type ScoringAnswer, ScoringQuestion } from "../../src/schema/index.ts";
import { readEntities, stringAt } from "../../src/storage/index.ts";
import { exportedShop, type ExportedShop } from "./exported-shop.ts";

const K = 10;

describe.each(["implicit", "explicit"] as const)("ad-hoc scoring, %s ratings", (ratings) => {
  let shop: ExportedShop;
  let model: LoadedModel;
  /** By user, as the transform has listed them. */
  let all: ReadonlyMap<unknown, readonly unknown[]>;
  let novel: ReadonlyMap<unknown, readonly unknown[]>;
  /** By user, what they did in the order of time. */
  const rows = new Map<number, { item_id: string; rating?: number }[]>();

  beforeAll(async () => {
    shop = await exportedShop(ratings);
    model = await loadModel(shop.model);
    all = await lists("items2users.jsonl");
    novel = await lists("items2users_novel.jsonl");
    const dataset = await readDataset(shop.bucket, "collected");
    const ids = async (file: string) =>
      (await readEntities(shop.bucket, `processed_data/collected/${file}`)).ids;
    const [users, items] = [await ids("users.safetensors"), await ids("items.safetensors")];
    for (let user = 0; user < dataset.users; user++) {
      const own = Array.from(
        dataset.item.subarray(dataset.userOffsets[user], dataset.userOffsets[user + 1]),
        (item, at) => ({
          item_id: stringAt(items, item),
          ...(ratings === "explicit"
            ? { rating: dataset.rating[dataset.userOffsets[user]! + at]! }
            : {}),
        }),
      );
      rows.set(Number(stringAt(users, user)), own);
    }
  });
  afterAll(async () => {
    await model.close();
    await shop.remove();
  });

  async function lists(file: string): Promise<ReadonlyMap<unknown, readonly unknown[]>> {
    const byUser = new Map<unknown, unknown[]>();
    for (const { user_id, item_id, interaction_probability } of await shop.lines(file)) {
      const list = byUser.get(user_id) ?? [];
      if (list.length < K) list.push({ item_id, interaction_probability });
      byUser.set(user_id, list);
    }
    return byUser;
  }

  async function ask(...questions: readonly object[]): Promise<readonly ScoringAnswer[]> {
    const ready = questions.map((question) => prepare(ScoringQuestion.parse(question), model));
    const ranked = await model.rank(ready.map(({ query }) => query));
    return ready.map((entry, n) => answerOf(entry, ranked[n]!, model));
  }

  test("a known user gets the transform's list to the last digit, all and novel", async () => {
    const users = [...rows.keys()];
    expect(users.length).toBe(120);
    const plain = await ask(...users.map((user_id) => ({ user_id })));
    const fresh = await ask(...users.map((user_id) => ({ user_id, novel_only: true })));
    for (const [n, user_id] of users.entries()) {
      expect(plain[n]).toEqual({ user_id, recommendations: all.get(user_id) });
      expect(fresh[n]).toEqual({ user_id, recommendations: novel.get(user_id) });
    }
  });

  test("whoever tells the same history gets the same list", async () => {
    const users = [...rows.keys()];
    const told = await ask(
      // Alternating with others, of whom more are known: neighbours in a block change nothing.
      ...users.flatMap((user) => [{ history: rows.get(user) }, { user_id: user, k: 3 }]),
    );
    for (const [n, user] of users.entries()) {
      expect(told[2 * n]).toEqual({ recommendations: all.get(user) });
      expect(told[2 * n + 1]!.recommendations).toEqual(all.get(user)!.slice(0, 3));
    }
  });

  test("candidates alone are ranked, with the probabilities that they have among all", async () => {
    const [user_id] = rows.keys();
    const top = all.get(user_id) as readonly { readonly item_id: number }[];
    const candidates = [top[4]!, top[1]!, top[8]!].map(({ item_id }) => item_id);
    const [answer, two] = await ask(
      { user_id, candidates: [...candidates, "no-such-item"] },
      { user_id, candidates, k: 2 },
    );
    expect(answer!.recommendations).toEqual([top[1], top[4], top[8]]);
    expect(answer!.unknown_items).toEqual(["no-such-item"]);
    expect(two!.recommendations).toEqual([top[1], top[4]]);
  });

  test("novel_only leaves out what the history has, among candidates too", async () => {
    const [[user, history]] = rows as unknown as [[number, { item_id: string }[]]];
    const seen = history.map(({ item_id }) => item_id);
    const [{ item_id }] = novel.get(user) as [{ item_id: number }];
    const [answer] = await ask({ history, novel_only: true, candidates: [...seen, item_id] });
    expect(answer!.recommendations.map((entry) => entry.item_id)).toEqual([item_id]);
  });

  test("of one it knows nothing of it says so, and what it says of anybody", async () => {
    const [unknown, empty, unheard] = await ask(
      { user_id: 999_999, k: 5 },
      { history: [], k: 5 },
      { history: [{ item_id: "nowhere", rating: 1 }], k: 5 },
    );
    expect(unknown).toMatchObject({ user_id: 999_999, cold: true });
    expect(unknown!.recommendations).toHaveLength(5);
    expect(empty).toEqual({ cold: true, recommendations: unknown!.recommendations });
    expect(unheard).toEqual({ ...empty, unknown_items: ["nowhere"] });
  });

  test("a rating must be of the data's kind", () => {
    const item_id = rows.values().next().value![0]!.item_id;
    const wrong =
      ratings === "explicit" ? { history: [{ item_id }] } : { history: [{ item_id, rating: 4 }] };
    expect(() => prepare(ScoringQuestion.parse(wrong), model)).toThrow(
      ratings === "explicit"
        ? /history\[0\].*give the rating/
        : /history\[0\].*leave "rating" out, got 4/,
    );
  });
});

test("a folder without a model is refused with what to do", async () => {
  await expect(loadModel("/nowhere")).rejects.toThrow(/recsys export-model/);
});
