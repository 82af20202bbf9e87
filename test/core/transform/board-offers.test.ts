import { afterAll, beforeAll, expect, test } from "vitest";

import { Calibrator } from "../../../src/core/calibrate/index.ts";
import { Scratch } from "../../../src/core/rows/scratch.ts";
import { boardOffers, emptyBoards } from "../../../src/core/transform/board-offers.ts";
import { type Kernels, random } from "../../../src/kernels/index.ts";
import { fill, open } from "../../kernels/open.ts";

const [USERS, ITEMS, K, BLOCK] = [230, 61, 7, 32];
let kernels: Kernels;
beforeAll(async () => {
  kernels = await open(2);
});
afterAll(() => kernels.close());

const calibrator = new Calibrator({
  event: "e",
  horizon: 1,
  baseRate: 0.01,
  intercept: -1,
  logSoftmax: 0.8,
  activity: 0.3,
  start: -6,
  step: 0.5,
  curves: [
    { activity: 0.5, logits: [-9, -8, -5, -4.9, -3, -2.5, -1, 1, 1.5, 1.6] },
    { activity: 2.5, logits: [-12, -9, -8, -4, -2, -1.9, -1.8, -1, 0, 2] },
  ],
});

/** Everything that is offered: each user's scores, what they have seen, and the exact probabilities. */
function shop() {
  const stream = random(5);
  const scores = fill(kernels.float32(USERS * ITEMS), stream, 3);
  const seen = Array.from({ length: USERS }, () =>
    Array.from({ length: ITEMS }, (_, item) => item).filter(() => stream.uniform() < 0.2),
  );
  const normalisers = kernels.float32(USERS);
  for (let user = 0; user < USERS; user++) {
    const row = scores.subarray(user * ITEMS, (user + 1) * ITEMS);
    normalisers[user] = Math.log(row.reduce((sum, score) => sum + Math.exp(score), 0));
  }
  const probabilityOf = (user: number) => (score: number) =>
    Math.fround(calibrator.probability(score - normalisers[user]!, seen[user]!.length));
  return { scores, seen, normalisers, probabilityOf };
}

test("A16 boards hold the best users of each item, all and novel, by probability and by lift, as if every pair had been offered", () => {
  const { scores, seen, normalisers, probabilityOf } = shop();
  const boards = emptyBoards(ITEMS, K);
  const offers = boardOffers(new Scratch(kernels), calibrator, boards, ITEMS, BLOCK);
  for (let start = 0; start < USERS; start += BLOCK) {
    const rows = Math.min(BLOCK, USERS - start);
    const users = Array.from({ length: rows }, (_, r) => start + r);
    const offsets = kernels.uint32(rows + 1);
    users.forEach((user, r) => (offsets[r + 1] = offsets[r]! + seen[user]!.length));
    const indices = kernels.uint32(offsets[rows]!);
    indices.set(users.flatMap((user) => seen[user]!));
    offers.offer({
      start,
      scores: {
        rows,
        columns: ITEMS,
        values: scores.subarray(start * ITEMS, (start + rows) * ITEMS),
      },
      normalisers: normalisers.subarray(start, start + rows),
      seen: { offsets, indices },
      probabilities: users.map(probabilityOf),
    });
  }

  const exact = Array.from({ length: USERS }, (_, user) =>
    Array.from(scores.subarray(user * ITEMS, (user + 1) * ITEMS), probabilityOf(user)),
  );
  const lifts = exact.map((row) => row.map((p) => (p * ITEMS) / row.reduce((a, b) => a + b, 0)));
  for (let item = 0; item < ITEMS; item++) {
    const novel = [...exact.keys()].filter((user) => !seen[user]!.includes(item));
    const best = (users: readonly number[]) =>
      users.toSorted((a, b) => exact[b]![item]! - exact[a]![item]! || b - a).slice(0, K);
    const all = boards.all.ranking(item);
    expect([...all.indices]).toEqual(best([...exact.keys()]));
    expect([...all.probabilities]).toEqual(Array.from(all.indices, (u) => exact[u]![item]));
    expect([...boards.novel.ranking(item).indices]).toEqual(best(novel));
    for (const [board, users] of [
      [boards.liftAll, [...exact.keys()]],
      [boards.liftNovel, novel],
    ] as const) {
      const { indices, probabilities, count } = board.ranking(item);
      expect(count).toBe(K);
      expect([...probabilities]).toEqual(Array.from(indices, (u) => exact[u]![item]));
      expect(new Set(indices).size).toBe(K);
      const wanted = users.map((user) => lifts[user]![item]!).sort((a, b) => b - a);
      // A user's mean is the kernel's: exact to five digits.
      Array.from(indices).forEach((user, place) => {
        expect(users).toContain(user);
        expect(lifts[user]![item]! / wanted[place]!).toBeCloseTo(1, 4);
      });
    }
  }
});
