import { afterAll, beforeAll, expect, test } from "vitest";

import { baselines, itemKnn, popular } from "../../../src/core/baselines/index.ts";
import { itemNeighbours } from "../../../src/core/baselines/item-neighbours.ts";
import { histories, type Scorer, type Tokens } from "../../../src/core/data/index.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { type Kernels, random } from "../../../src/kernels/index.ts";
import { PART } from "../../../src/schema/index.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(1);
});
afterAll(() => kernels.close());

const dataset = tinyDataset(
  [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [1, 2],
    [2, 0],
    [3, 2],
    [3, 2],
  ].map(([user, item]) => ({ user: user!, item: item! })),
  { items: 4, users: 5 },
);
const history = histories(dataset, [PART.train]);
/** Items 0 and 3 share a token, and so do 1 and 2; half of the four items have each, so its idf is log 2. */
const TOKENS: Tokens = {
  offsets: Uint32Array.of(0, 1, 2, 3, 4),
  tokens: Uint32Array.of(0, 1, 1, 0),
  count: 2,
  featureOf: Uint32Array.of(0, 0),
};

function scoresOf(scorer: Scorer, user: number, items: number): number[] {
  const scores = new Float32Array(2 * items).fill(7);
  scorer.score(Uint32Array.of(0, user), scores);
  return [...scores.subarray(items)];
}

test("popular gives everybody the same counts", () => {
  const scorer = popular(Uint32Array.of(3, 2, 3, 0));
  expect(scoresOf(scorer, 3, 4)).toEqual([3, 2, 3, 0]);
});

test("an evaluation's popular baseline counts distinct users, not rows", async () => {
  const all = baselines(kernels, history, undefined);
  const names = ["popular", "item-kNN", "linear filter", "EASE", "iALS"];
  expect(all.map(({ name }) => name)).toEqual(names);
  const run = { signal: new AbortController().signal, report: () => undefined };
  expect(scoresOf(await all[0]!.build(run), 3, 4)).toEqual([3, 2, 2, 0]);
});

test("the baselines bear the names of their scorers; EASE is left out where items are many", async () => {
  const run = { signal: new AbortController().signal, report: () => undefined };
  const mark = kernels.mark();
  for (const { name, build } of baselines(kernels, history, TOKENS)) {
    expect((await build(run)).name).toBe(name);
  }
  kernels.reset(mark);
  const many = { ...history, items: 20_000 };
  expect(baselines(kernels, many, undefined).map(({ name }) => name)).not.toContain("EASE");
});

test("content-kNN recommends what is made of the same as the history", async () => {
  const run = { signal: new AbortController().signal, report: () => undefined };
  const content = baselines(kernels, history, TOKENS).find(({ name }) => name === "content-kNN")!;
  const scorer = await content.build(run);
  // User 2 has item 0, user 3 item 2.
  expect(scoresOf(scorer, 2, 4)).toEqual([1, 0, 0, 1]);
  expect(scoresOf(scorer, 3, 4)).toEqual([0, 1, 1, 0]);
});

test("item-kNN neighbours are cosines of the sets of users, worked out by hand", () => {
  const { offsets, items, similarities } = itemNeighbours(history, 2, 0);
  // n = 3, 2, 2, 0; in common: (0,1) 2, (0,2) 1, (1,2) 1.
  expect([...offsets]).toEqual([0, 2, 4, 6, 6]);
  expect([...items]).toEqual([1, 2, 0, 2, 1, 0]);
  const expected = [
    2 / Math.sqrt(6),
    1 / Math.sqrt(6),
    2 / Math.sqrt(6),
    1 / 2,
    1 / 2,
    1 / Math.sqrt(6),
  ];
  expected.forEach((similarity, n) => {
    expect(similarities[n]).toBeCloseTo(similarity, 6);
  });
});

test("shrinkage is added to the denominator", () => {
  const { similarities } = itemNeighbours(history, 1, 10);
  expect(similarities[0]).toBeCloseTo(2 / (Math.sqrt(6) + 10), 6);
});

test("item-kNN adds up what the history's items are similar to; nobody's history says nothing", () => {
  const scorer = itemKnn(history, { neighbours: 1, shrinkage: 0 });
  // User 1 has 0, 1, 2, whose nearest are 1, 0 and 1.
  const close = 2 / Math.sqrt(6);
  scoresOf(scorer, 1, 4).forEach((score, item) => {
    expect(score).toBeCloseTo([close, close + 1 / 2, 0, 0][item]!, 6);
  });
  expect(scoresOf(scorer, 4, 4)).toEqual([0, 0, 0, 0]);
});

test("with all neighbours and no shrinkage item-kNN equals the dense product with the cosine matrix", () => {
  const draws = random(9);
  const [users, items] = [40, 25];
  const rows = Array.from({ length: 300 }, () => ({
    user: draws.integer(users),
    item: draws.integer(items),
  }));
  const shop = histories(tinyDataset(rows, { users, items }), [PART.train]);
  const has = Array.from({ length: users }, () => new Set<number>());
  for (const { user, item } of rows) has[user]!.add(item);
  const common = (i: number, j: number) => has.filter((set) => set.has(i) && set.has(j)).length;
  const scorer = itemKnn(shop, { neighbours: items, shrinkage: 0 });
  for (const user of [1, 17, 39]) {
    scoresOf(scorer, user, items).forEach((score, i) => {
      let expected = 0;
      for (const j of has[user]!) {
        if (i !== j) expected += common(i, j) / Math.sqrt(common(i, i) * common(j, j)) || 0;
      }
      expect(score, `user ${user}, item ${i}`).toBeCloseTo(expected, 4);
    });
  }
});

test("the checkerboard: even users like even items, and the withheld diagonal comes first for all 50", () => {
  const rows = Array.from({ length: 50 * 50 }, (_, n) => ({
    user: Math.floor(n / 50),
    item: n % 50,
  }));
  const board = rows.filter(({ user, item }) => user % 2 === item % 2 && user !== item);
  const scorer = itemKnn(histories(tinyDataset(board), [PART.train]));
  for (let user = 0; user < 50; user++) {
    const seen = new Set(board.filter((row) => row.user === user).map(({ item }) => item));
    const ranked = scoresOf(scorer, user, 50)
      .map((score, item) => ({ score, item }))
      .filter(({ item }) => !seen.has(item))
      .sort((a, b) => b.score - a.score);
    expect(ranked[0]!.item, `user ${user}`).toBe(user);
  }
});
