import { type Kernels, random } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { flatWeights } from "../model/query.ts";
import { Scratch } from "../model/scratch.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { BatchBuilder } from "./batch.ts";
import { negativeSampler } from "./negatives.ts";
import { epochRows } from "./rows.ts";
import { lossAndGradients } from "./step.ts";

/** What one epoch did. */
export interface EpochResult {
  readonly rows: number;
  /** Mean loss of a row. */
  readonly loss: number;
}

/** What an epoch is told. */
export interface EpochOptions {
  /** Step size of Adam when `share` of the epoch is done. */
  readonly learningRate: (share: number) => number;
  readonly signal: AbortSignal;
  /** Called now and then with the rows done. */
  readonly report: (rows: number, total: number) => void;
}

/**
 * Trains a model's parameters, epoch by epoch.
 *
 * All chance of an epoch comes from the seed and the epoch's number, so that a fit resumed from a
 * checkpoint ends with the same bytes as one that was never interrupted.
 */
export class Fit {
  readonly model: FittedModel;
  readonly #history: Histories;
  readonly #builder: BatchBuilder;
  readonly #scratch: Scratch;

  constructor(kernels: Kernels, model: FittedModel, history: Histories) {
    const { settings, popularity } = model;
    this.model = model;
    this.#history = history;
    this.#scratch = new Scratch(kernels);
    const sampler = negativeSampler(popularity, settings.negativeExponent, settings.negatives);
    const weights = flatWeights(popularity);
    this.#builder = new BatchBuilder(history, weights, settings, sampler, this.#scratch);
  }

  epoch(epoch: number, { learningRate, signal, report }: EpochOptions): EpochResult {
    const { settings, parameters, tokens } = this.model;
    const generator = random(seedOf(settings.seed, epoch));
    const rows = epochRows(this.#history, settings, generator);
    let loss = 0;
    for (let start = 0; start < rows.count; start += settings.batchRows) {
      signal.throwIfAborted();
      const end = Math.min(rows.count, start + settings.batchRows);
      const batch = this.#builder.build(rows, start, end, generator);
      const dropped = Uint8Array.from(batch.items, () =>
        Number(generator.uniform() < settings.itemIdDropout),
      );
      const step = lossAndGradients(batch, {
        parameters,
        tokens,
        settings,
        // Without features nothing would be left of a dropped item.
        isDropped: tokens === undefined ? () => false : (local) => dropped[local] === 1,
        scratch: this.#scratch,
      });
      loss += step.loss;
      const adam = { learningRate: learningRate(start / rows.count) };
      for (const { table, rows: touched, gradients } of step.gradients) {
        this.#scratch.kernels.adamRows(table.values, gradients, touched, table, adam);
      }
      report(end, rows.count);
    }
    return { rows: rows.count, loss: loss / Math.max(1, rows.count) };
  }
}

/** Epochs of one fit draw from unrelated streams. */
function seedOf(seed: number, epoch: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b)) >>> 0;
}
