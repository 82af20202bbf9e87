import { type Kernels, random } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { weighed } from "../model/pair-weights.ts";
import { flatWeights } from "../model/query.ts";
import { Scratch } from "../rows/scratch.ts";
import { BatchBuilder } from "./batch.ts";
import { negativeSampler } from "./negatives.ts";
import { epochRows, stepsPerEpoch, type TrainingRows } from "./rows.ts";
import { lossAndGradients } from "./step.ts";

/** What some steps did. */
export interface StepsResult {
  readonly rows: number;
  /** Mean loss of a row. */
  readonly loss: number;
}

/** What steps are told. */
export interface StepsOptions {
  /** Step size of Adam at a step. */
  readonly learningRate: (step: number) => number;
  readonly signal: AbortSignal;
  /** Called now and then with the steps done, of those asked for. */
  readonly report: (steps: number, total: number) => void;
}

/**
 * Trains a model's parameters, step by step; after the last row of an epoch the next one begins.
 *
 * All chance comes from the seed and the number of the epoch or of the step, so that a fit resumed at any step
 * ends with the same bytes as one that was never interrupted.
 */
export class Fit {
  readonly model: FittedModel;
  readonly stepsPerEpoch: number;
  readonly #history: Histories;
  readonly #seed: number;
  readonly #builder: BatchBuilder;
  readonly #scratch: Scratch;
  #epoch: { readonly number: number; readonly rows: TrainingRows } | undefined;

  constructor(
    kernels: Kernels,
    model: FittedModel,
    history: Histories,
    seed = model.settings.seed,
  ) {
    const { settings, popularity } = model;
    history = weighed(history, settings);
    this.model = model;
    this.stepsPerEpoch = stepsPerEpoch(history, settings);
    this.#history = history;
    this.#seed = seed;
    this.#scratch = new Scratch(kernels);
    const sampler = negativeSampler(popularity, settings.negativeExponent, settings.negatives);
    const weights = flatWeights(popularity);
    this.#builder = new BatchBuilder(history, weights, settings, sampler, this.#scratch);
  }

  /** Takes the steps from `first` to `last` (exclusive), counted from the start of the fit. */
  train(first: number, last: number, { learningRate, signal, report }: StepsOptions): StepsResult {
    let loss = 0;
    let count = 0;
    for (let step = first; step < last; step++) {
      signal.throwIfAborted();
      const rows = this.#rowsOf(Math.floor(step / this.stepsPerEpoch));
      const start = (step % this.stepsPerEpoch) * this.model.settings.batchRows;
      const end = Math.min(rows.count, start + this.model.settings.batchRows);
      loss += this.#step(rows, start, end, step, learningRate(step));
      count += Math.max(0, end - start);
      report(step + 1 - first, last - first);
    }
    return { rows: count, loss: loss / Math.max(1, count) };
  }

  #step(rows: TrainingRows, start: number, end: number, step: number, learningRate: number) {
    if (end <= start) return 0;
    const { settings, parameters, tokens } = this.model;
    const generator = random(streamOf(this.#seed, STREAMS.step, step));
    const batch = this.#builder.build(rows, start, end, generator);
    const dropped = Uint8Array.from(batch.items, () =>
      Number(generator.uniform() < settings.itemIdDropout),
    );
    const { loss, gradients } = lossAndGradients(batch, {
      parameters,
      tokens,
      settings,
      // Without features nothing would be left of a dropped item.
      isDropped: tokens === undefined ? () => false : (local) => dropped[local] === 1,
      scratch: this.#scratch,
    });
    for (const { table, rows: touched, gradients: values, rate } of gradients) {
      this.#scratch.kernels.adamRows(table.values, values, touched, table, {
        learningRate: learningRate * rate,
      });
    }
    return loss;
  }

  #rowsOf(number: number): TrainingRows {
    if (this.#epoch?.number !== number) {
      const generator = random(streamOf(this.#seed, STREAMS.epoch, number));
      this.#epoch = { number, rows: epochRows(this.#history, this.model.settings, generator) };
    }
    return this.#epoch.rows;
  }
}

/** What an epoch and a step draw from, so that they are unrelated. */
const STREAMS = { epoch: 0, step: 0xc2b2ae35 };

function streamOf(seed: number, stream: number, number: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ stream ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0;
}
