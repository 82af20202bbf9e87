import type { Kernels } from "../../kernels/index.ts";
import type { Histories, Tokens } from "../data/index.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { forgetUntrained, initialParameters, type ParameterShape } from "../model/parameters.ts";
import type { ModelSettings } from "../model/settings.ts";
import { restore, snapshot } from "./checkpoint.ts";
import { Fit } from "./fit.ts";
import type { FitRun } from "./fit-run.ts";

/** What a fit is trained on. */
export interface FitData {
  readonly train: Histories;
  /** (I) interactions per item in these histories */
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}

/** What one epoch came to; a fit that is judged on held-out rows says more than the loss. */
export interface EpochPoint {
  readonly epoch: number;
  readonly loss: number;
}

/**
 * Fits from scratch for `settings.epochs` epochs, the rate falling linearly to zero.
 *
 * Resumes from its checkpoint; all chance comes from the seed and the epoch, so the bytes are those of a fit that
 * was never interrupted.
 * `judge` makes an epoch's point of the learning curve from it and the one before, and may look at the model as it
 * then is; `name` is that of the checkpoint.
 */
export async function fitEpochs<Point extends EpochPoint>(
  kernels: Kernels,
  data: FitData,
  settings: ModelSettings,
  judge: (model: FittedModel) => (point: EpochPoint, before: Point | undefined) => Point,
  name: string,
  run: FitRun,
): Promise<{ readonly model: FittedModel; readonly curve: readonly Point[] }> {
  const parameters = initialParameters(kernels, shapeOf(data, settings), settings.seed);
  const model = { parameters, settings, popularity: data.popularity, tokens: data.tokens };
  const fit = new Fit(kernels, model, data.train);
  const judged = judge(model);
  const saved = await run.checkpoints.load(name);
  if (saved !== undefined) restore(parameters, saved.tensors, "");
  const curve = [...((saved?.state as { curve: Point[] } | undefined)?.curve ?? [])];
  const steps = settings.epochs * fit.stepsPerEpoch;
  while (curve.length < settings.epochs) {
    const epoch = curve.length;
    const first = epoch * fit.stepsPerEpoch;
    const { loss } = fit.train(first, first + fit.stepsPerEpoch, {
      learningRate: fallingRate(settings, steps),
      signal: run.signal,
      report: (done) => {
        run.report({
          activity: run.activity ?? "train",
          done: first + done,
          total: steps,
          unit: "steps",
          figures: { ...curve.at(-1), epoch: epoch + 1, epochs: settings.epochs },
        });
      },
    });
    curve.push(judged({ epoch: epoch + 1, loss }, curve.at(-1)));
    await run.checkpoints.save(name, { curve }, snapshot(parameters, ""));
  }
  return { model, curve };
}

/** Fits with frozen settings; looks at no held-out row. */
export async function finalFit(
  kernels: Kernels,
  data: FitData,
  settings: ModelSettings,
  name: string,
  run: FitRun,
): Promise<FittedModel> {
  const { model } = await fitEpochs(kernels, data, settings, () => (point) => point, name, run);
  return { ...model, parameters: forgetUntrained(model.parameters) };
}

/** The step size of Adam, falling linearly to zero over the steps of a fit. */
export function fallingRate(
  { learningRate }: Pick<ModelSettings, "learningRate">,
  steps: number,
): (step: number) => number {
  return (step) => learningRate * (1 - step / steps);
}

/** The sizes of a model's tables for these data. */
export function shapeOf({ train, tokens }: FitData, settings: ModelSettings): ParameterShape {
  return {
    embeddingSize: settings.embeddingSize,
    items: train.items,
    tokens: tokens?.count ?? 0,
    recent: settings.history === "ordered",
    hiddenUnits: settings.hiddenUnits,
  };
}
