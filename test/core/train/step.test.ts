import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { initialParameters } from "../../../src/core/model/parameters.ts";
import { flatWeights } from "../../../src/core/model/query.ts";
import { Scratch } from "../../../src/core/rows/scratch.ts";
import type { ModelSettings } from "../../../src/core/model/settings.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { BatchBuilder } from "../../../src/core/train/batch.ts";
import { negativeSampler } from "../../../src/core/train/negatives.ts";
import { epochRows } from "../../../src/core/train/rows.ts";
import { lossAndGradients } from "../../../src/core/train/step.ts";
import { type Kernels, random } from "../../../src/kernels/index.ts";
import { countItems, historiesOf } from "./checkerboard.ts";
import { plainLoss } from "./plain-loss.ts";
import { settingsOf } from "./settings-of.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(1);
});
afterAll(() => kernels.close());

const history = historiesOf(
  [
    [0, 1, 2, 3],
    [2, 3, 4],
    [5, 0, 6, 7, 1],
    [6, 7],
  ],
  8,
);
const tokens = {
  offsets: Uint32Array.from([0, 2, 3, 3, 4, 6, 7, 8, 9]),
  tokens: Uint32Array.from([0, 1, 1, 2, 0, 2, 1, 2, 0]),
  count: 3,
  featureOf: new Uint32Array(3),
};
const isDropped = (local: number): boolean => local % 3 === 1;

function prepare(settings: ModelSettings) {
  const { history: form, hiddenUnits } = settings;
  const shape = { embeddingSize: 8, items: 8, tokens: 3, recent: form === "ordered", hiddenUnits };
  const parameters = initialParameters(kernels, shape, 1);
  // A new network changes nothing, and its first table would have no gradient.
  const { values } = parameters.head?.output.values ?? { values: new Float32Array(0) };
  values.forEach((_, i) => (values[i] = Math.sin(i)));
  const scratch = new Scratch(kernels);
  const popularity = countItems(history);
  const sampler = negativeSampler(popularity, 0.5, settings.negatives);
  const builder = new BatchBuilder(history, flatWeights(popularity), settings, sampler, scratch);
  const generator = random(3);
  const rows = epochRows(history, settings, generator);
  const batch = builder.build(rows, 0, rows.count, generator);
  return { parameters, scratch, batch };
}

describe.each([
  ["flat", 0],
  ["flat", 6],
  ["ordered", 0],
  ["ordered", 6],
] as const)("a step of a %s model with %i hidden units", (form, hiddenUnits) => {
  const settings = settingsOf({
    history: form,
    hiddenUnits,
    negatives: 3,
    temperature: 0.5,
    embeddingSize: 8,
  });

  test("has the loss of the plain definition", () => {
    const { parameters, scratch, batch } = prepare(settings);
    const { loss } = lossAndGradients(batch, { parameters, tokens, settings, isDropped, scratch });
    const expected = plainLoss(batch, parameters, tokens, 0.5, isDropped);
    expect(loss / expected).toBeCloseTo(1, 5);
  });

  test("has gradients that agree with central differences, in every table", () => {
    const { parameters, scratch, batch } = prepare(settings);
    const { gradients } = lossAndGradients(batch, {
      parameters,
      tokens,
      settings,
      isDropped,
      scratch,
    });
    expect(gradients).toHaveLength((form === "flat" ? 2 : 4) + (hiddenUnits > 0 ? 2 : 0));
    const loss = (): number => plainLoss(batch, parameters, tokens, 0.5, isDropped);
    for (const [t, { table, rows, gradients: gradient }] of gradients.entries()) {
      const size = table.values.columns;
      const analytic = new Float32Array(table.values.values.length);
      rows.forEach((row, g) => {
        analytic.set(gradient.values.subarray(g * size, (g + 1) * size), row * size);
      });
      for (let i = 0; i < analytic.length; i++) {
        const before = table.values.values[i]!;
        const width = 2 ** -12;
        table.values.values[i] = before + width;
        const above = loss();
        table.values.values[i] = before - width;
        const below = loss();
        table.values.values[i] = before;
        const numeric = (above - below) / (2 * width);
        expect(Math.abs(analytic[i]! - numeric), `table ${t}, d[${i}]`).toBeLessThan(
          0.01 * (1 + Math.abs(numeric)),
        );
      }
    }
  });
});
