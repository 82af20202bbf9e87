/**
 * A whole evaluation: two baselines and their paired intervals, full ranking of a random shop.
 *
 * `node bench/evaluate-ranking.ts [USERS] [ITEMS] [ROWS]`; by default the size of MovieLens-1M.
 */
import { readFileSync } from "node:fs";

import { itemKnn, popular } from "../src/core/baselines/index.ts";
import { type Dataset, histories, popularity } from "../src/core/data/index.ts";
import { evaluateModel } from "../src/core/evaluate/index.ts";
import { openKernels, random } from "../src/kernels/index.ts";
import { EvaluationConfig, PART } from "../src/schema/index.ts";

const [users = 6040, items = 3706, rows = 1_000_000] = process.argv.slice(2).map(Number);
const dataset = randomShop();
const wasm = readFileSync(new URL("../build/kernels.wasm", import.meta.url));
const kernels = await openKernels({ wasm, threads: 1 });

let last = performance.now();
const known = [PART.train, PART.validation];
const history = histories(dataset, known);
lap("histories");
const model = itemKnn(history);
lap("item-kNN");
const evaluation = await evaluateModel({
  dataset,
  model,
  baselines: [popular(popularity(dataset, known))],
  config: EvaluationConfig.parse({}),
  kernels,
  signal: new AbortController().signal,
  report: () => undefined,
});
lap("evaluation");
console.log(
  `${evaluation.counts.evaluatedUsers} users × ${items} items, 2 scorers; peak memory ${(
    process.resourceUsage().maxRSS / 1024
  ).toFixed(0)} MiB`,
);
await kernels.close();

function lap(name: string): void {
  const now = performance.now();
  console.log(`${name}: ${((now - last) / 1000).toFixed(2)} s`);
  last = now;
}

/** Popularity falls as 1 / √rank; the last tenth of each user's rows is test. */
function randomShop(): Dataset {
  const draws = random(1);
  const each = Math.ceil(rows / users);
  const count = each * users;
  const none = {
    offsets: new Uint32Array(items + 1),
    tokens: new Uint32Array(0),
    count: 0,
    featureOf: new Uint32Array(0),
  };
  const noNumbers = { columns: 0, values: new Float32Array(0) };
  return {
    users,
    items,
    rows: count,
    userOffsets: Uint32Array.from({ length: users + 1 }, (_, user) => user * each),
    item: Uint32Array.from({ length: count }, () => Math.floor(items * draws.uniform() ** 2)),
    rating: new Float32Array(count).fill(1),
    timestamp: undefined,
    part: Uint8Array.from({ length: count }, (_, row) =>
      row % each >= 0.9 * each ? PART.test : PART.train,
    ),
    ratings: "implicit",
    positiveThreshold: 1,
    split: "per-user",
    itemTokens: none,
    itemNumbers: noNumbers,
    itemFeatures: [],
    userTokens: { ...none, offsets: new Uint32Array(users + 1) },
    userNumbers: noNumbers,
    userFeatures: [],
  };
}
