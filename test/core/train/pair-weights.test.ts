import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Histories } from "../../../src/core/data/index.ts";
import { flatWeights } from "../../../src/core/model/query.ts";
import { Scratch } from "../../../src/core/rows/scratch.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { BatchBuilder } from "../../../src/core/train/batch.ts";
import { noCheckpoints } from "../../../src/core/train/checkpoint.ts";
import { finalFit } from "../../../src/core/train/final-fit.ts";
import { negativeSampler } from "../../../src/core/train/negatives.ts";
import { epochRows } from "../../../src/core/train/rows.ts";
import { type Kernels, random } from "../../../src/kernels/index.ts";
import { checkerboard, countItems, historiesOf } from "./checkerboard.ts";
import { settingsOf } from "./settings-of.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(1);
});
afterAll(() => kernels.close());

describe("the weights of pairs", () => {
  const plain = checkerboard(20);
  const rated = { ...plain, weights: plain.weights.map((_, p) => 0.2 + (p % 7) / 4) };

  async function fitted(history: Histories, pairWeights: "graded" | "equal") {
    const settings = settingsOf({ history: "ordered", epochs: 2, pairWeights });
    const data = { train: history, popularity: countItems(history), tokens: undefined };
    const run = {
      signal: new AbortController().signal,
      report: () => undefined,
      checkpoints: noCheckpoints,
    };
    const { parameters } = await finalFit(kernels, data, settings, "fit", run);
    return Array.from(parameters.item.id.values.values);
  }

  test("A21 graded tell ratings apart", async () => {
    expect(await fitted(rated, "graded")).not.toEqual(await fitted(plain, "graded"));
  });

  test("A21 equal do not", async () => {
    expect(await fitted(rated, "equal")).toEqual(await fitted(plain, "graded"));
  });
});

describe("the weight of a user's loss under ω = 1", () => {
  const items = Array.from({ length: 41 }, (_, item) => item);
  const history = historiesOf([items, items.slice(0, 5)], 41);

  function weightsOf(form: "flat" | "ordered"): ReadonlySet<number> {
    const settings = settingsOf({
      history: form,
      positionsPerUser: 10,
      userWeightExponent: 1,
      negatives: 4,
    });
    const popularity = countItems(history);
    const sampler = negativeSampler(popularity, 0.5, settings.negatives);
    const scratch = new Scratch(kernels);
    const weights = flatWeights(popularity);
    const builder = new BatchBuilder(history, weights, settings, sampler, scratch);
    const rows = epochRows(history, settings, random(1));
    return new Set(builder.build(rows, 0, rows.count, random(2)).positives.weights);
  }

  test("is one over the items that a flat row holds", () => {
    expect(weightsOf("flat")).toEqual(new Set([Math.fround(1 / 41), Math.fround(1 / 5)]));
  });

  test("is one over the positions that an epoch draws of an ordered history", () => {
    expect(weightsOf("ordered")).toEqual(new Set([Math.fround(1 / 10), Math.fround(1 / 4)]));
  });
});
