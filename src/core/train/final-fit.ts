import type { Kernels } from "../../kernels/index.ts";
import type { Histories, Tokens } from "../data/index.ts";
import { forgetUntrained, initialParameters } from "../model/parameters.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { restore, snapshot } from "./checkpoint.ts";
import { Fit } from "./fit.ts";
import { type FitRun, shapeOf } from "./search.ts";

/** What a fit with frozen settings is trained on. */
export interface FitData {
  readonly train: Histories;
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}

/** Fits from scratch with frozen settings, the rate falling linearly to zero; looks at no held-out row. */
export async function finalFit(
  kernels: Kernels,
  data: FitData,
  settings: ModelSettings,
  name: string,
  run: FitRun,
): Promise<FittedModel> {
  const parameters = initialParameters(kernels, shapeOf(data, settings), settings.seed);
  const model = { parameters, settings, popularity: data.popularity, tokens: data.tokens };
  const fit = new Fit(kernels, model, data.train);
  const saved = await run.checkpoints.load(name);
  if (saved !== undefined) restore(parameters, saved.tensors, "");
  let { epoch, loss } = (saved?.state as { epoch: number; loss?: number } | undefined) ?? {
    epoch: 0,
  };
  while (epoch < settings.epochs) {
    const now = epoch;
    const figures = {
      epoch: now + 1,
      epochs: settings.epochs,
      ...(loss !== undefined && { loss }),
    };
    ({ loss } = fit.epoch(now, {
      learningRate: (share) => settings.learningRate * (1 - (now + share) / settings.epochs),
      signal: run.signal,
      report: (done, total) => {
        run.report({
          activity: "train",
          done: now * total + done,
          total: settings.epochs * total,
          unit: "rows",
          figures,
        });
      },
    }));
    epoch++;
    await run.checkpoints.save(name, { epoch, loss }, snapshot(parameters, ""));
  }
  return { ...model, parameters: forgetUntrained(parameters) };
}
