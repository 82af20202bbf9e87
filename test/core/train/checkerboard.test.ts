import { afterAll, beforeAll, expect, test } from "vitest";

import { Scratch } from "../../../src/core/rows/scratch.ts";
import { seenRows } from "../../../src/core/rows/seen-rows.ts";
import { ModelScorer } from "../../../src/core/model/model-scorer.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { noCheckpoints } from "../../../src/core/train/checkpoint.ts";
import { finalFit } from "../../../src/core/train/final-fit.ts";
import type { Kernels } from "../../../src/kernels/index.ts";
import { checkerboard, countItems } from "./checkerboard.ts";
import { settingsOf } from "./settings-of.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(2);
});
afterAll(() => kernels.close());

const run = {
  signal: new AbortController().signal,
  report: () => undefined,
  checkpoints: noCheckpoints,
};

test.each(["flat", "ordered"] as const)(
  "Q5 a %s model names the withheld item of the checkerboard for every user",
  async (form) => {
    const history = checkerboard(50);
    const popularity = countItems(history);
    const settings = settingsOf({ history: form, epochs: 40, userWeightExponent: 0.5 });
    const model = await finalFit(
      kernels,
      { train: history, popularity, tokens: undefined },
      settings,
      "fit",
      run,
    );
    const scorer = new ModelScorer(kernels, model, history);
    const users = Uint32Array.from({ length: 50 }, (_, u) => u);
    const scores = kernels.matrix(50, 50);
    scorer.score(users, scores.values);
    const best = {
      indices: kernels.uint32(50),
      scores: kernels.float32(50),
      counts: kernels.uint32(50),
    };
    kernels.topK(
      scores,
      1,
      seenRows(history, users, new Scratch(kernels)),
      best.indices,
      best.scores,
      best.counts,
    );
    expect(Array.from(best.indices)).toEqual(Array.from(users));
  },
);
