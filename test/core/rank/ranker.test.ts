import { afterAll, expect, test } from "vitest";

import { type Histories, histories, type Scorer } from "../../../src/core/data/index.ts";
import {
  listOf,
  type RankedBlock,
  Ranker,
  type RankingTask,
} from "../../../src/core/rank/index.ts";
import { random } from "../../../src/kernels/index.ts";
import { PART, type Progress } from "../../../src/schema/index.ts";
import { open } from "../../kernels/open.ts";
import { tinyDataset } from "../data/tiny-dataset.ts";

const kernels = await open();
afterAll(() => kernels.close());

const USERS = 300; // more than one block
const ITEMS = 40;
const K = 7;

/** Few different scores, so that there are ties; the same for the same user and item. */
const scoreOf = (user: number, item: number): number =>
  (Math.imul(user + 3, item * 7 + 1) % 13) / 4;
const scorer: Scorer = {
  name: "plain",
  score: (users, scores) => {
    users.forEach((user, row) => {
      for (let item = 0; item < ITEMS; item++) scores[row * ITEMS + item] = scoreOf(user, item);
    });
  },
};

/** What a fifth of the users have: from nothing to all items but three. */
function masked(): Histories {
  const stream = random(4);
  const rows = Array.from({ length: USERS }, (_, user) => {
    const count = user === 11 ? ITEMS - 3 : user % 5 === 0 ? 0 : stream.integer(ITEMS);
    return Array.from({ length: count }, (_, item) => ({ user, item: ITEMS - 1 - item }));
  }).flat();
  return histories(tinyDataset(rows, { users: USERS, items: ITEMS }), [PART.train]);
}

function task(changes: Partial<RankingTask> = {}): RankingTask {
  return {
    users: Uint32Array.from({ length: USERS }, (_, at) => USERS - 1 - at),
    k: K,
    masked: masked(),
    signal: new AbortController().signal,
    report: () => undefined,
    ...changes,
  };
}

/** All items that may be ranked, fully sorted: by score, of equal scores the larger index first. */
function plainList(user: number, { masked: had, candidates }: RankingTask): number[] {
  const seen = new Set(had.itemIndices.subarray(had.offsets[user], had.offsets[user + 1]));
  return Array.from({ length: ITEMS }, (_, item) => item)
    .filter((item) => !seen.has(item) && (candidates === undefined || candidates[item] === 1))
    .sort((a, b) => scoreOf(user, b) - scoreOf(user, a) || b - a)
    .slice(0, K);
}

test.each([
  ["all items", undefined],
  ["some items only", Uint8Array.from({ length: ITEMS }, (_, item) => (item % 3 === 0 ? 1 : 0))],
])("lists over %s are those of a full sort, without what the user has", async (_, candidates) => {
  const wanted = task({ candidates });
  const rankings = await new Ranker(kernels, wanted).rank(scorer);
  wanted.users.forEach((user, row) => {
    const expected = plainList(user, wanted);
    expect([...listOf(rankings, row)]).toEqual(expected);
    const scores = rankings.scores.subarray(row * K, row * K + expected.length);
    expect([...scores]).toEqual(expected.map((item) => scoreOf(user, item)));
  });
});

test("a user who has all items but three gets three", async () => {
  const rankings = await new Ranker(kernels, task({ users: Uint32Array.of(11) })).rank(scorer);
  expect([...listOf(rankings, 0)].sort()).toEqual([0, 1, 2]);
});

test("the log-sum-exp is over all items of the catalogue, those the user has included", async () => {
  const wanted = task();
  const { logSumExp } = await new Ranker(kernels, wanted).rank(scorer);
  wanted.users.forEach((user, row) => {
    let sum = 0;
    for (let item = 0; item < ITEMS; item++) sum += Math.exp(scoreOf(user, item));
    expect(logSumExp[row]).toBeCloseTo(Math.log(sum), 5);
  });
});

test("every user is visited once, with all scores at hand, and progress ends at all users", async () => {
  const visited: number[] = [];
  const progress: Progress[] = [];
  const wanted = task({ report: (one) => progress.push(one) });
  const visit = ({ start, users, scores }: RankedBlock): void => {
    users.forEach((user, row) => {
      expect(start + row).toBe(visited.length);
      visited.push(user);
      expect(scores[row * ITEMS + 5]).toBe(scoreOf(user, 5));
    });
  };
  await new Ranker(kernels, wanted).rank(scorer, visit);
  expect(visited).toEqual([...wanted.users]);
  expect(progress.at(-1)).toMatchObject({ done: USERS, total: USERS, unit: "users" });
});

test("an abort ends it with the signal's reason", async () => {
  const stop = new AbortController();
  stop.abort(new Error("stopped by hand"));
  await expect(new Ranker(kernels, task({ signal: stop.signal })).rank(scorer)).rejects.toThrow(
    "stopped by hand",
  );
});

test.each([NaN, Infinity])("a scorer that gives %d is named instead of ranked", async (bad) => {
  const broken: Scorer = { name: "broken", score: (_, scores) => void (scores[3] = bad) };
  await expect(new Ranker(kernels, task()).rank(broken)).rejects.toThrow(
    'the scorer "broken" gave a score that is no finite number',
  );
});
