import { type Kernels, random, shuffle } from "../../kernels/index.ts";
import { PART } from "../../schema/index.ts";
import {
  type Calibrator,
  calibrationSamples,
  declined,
  fitCalibrator,
  uncalibrated,
} from "../calibrate/index.ts";
import { type Dataset, heldOut, histories, judgedUsers } from "../data/index.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import type { FitRun } from "./fit-run.ts";
import type { ValidatedFit } from "./validated-fit.ts";

/** Users whose novel pairs the calibrator is fitted on: as many as score this many pairs, within bounds. */
const SCORED_PAIRS = 4e8;
const USERS = { least: 5000, most: 20_000 };

/** Fits the calibrator of a search's model, which has seen the training rows alone, on the validation rows. */
export async function calibrate(
  kernels: Kernels,
  dataset: Dataset,
  { model }: Pick<ValidatedFit, "model">,
  { signal, report }: Pick<FitRun, "signal" | "report">,
): Promise<Calibrator> {
  const history = histories(dataset, [PART.train]);
  const draws = random(model.settings.seed);
  const interacted = heldOut(dataset, PART.validation, "interactions");
  if (interacted.itemIndices.length === 0) return uncalibrated();
  const users = judgedUsers(dataset, history, PART.validation);
  shuffle(users, draws);
  const most = Math.max(
    USERS.least,
    Math.min(USERS.most, Math.round(SCORED_PAIRS / history.items)),
  );
  const samples = await calibrationSamples({
    scorer: new ModelScorer(kernels, model, history),
    users: users.slice(0, most).sort(),
    history,
    interacted,
    kernels,
    draws,
    signal,
    report,
  });
  const calibrator = fitCalibrator(samples);
  // A period for all falls on other users than the one before: nothing is known of how that goes on.
  return dataset.split === "global-time" ? calibrator : declined(calibrator);
}
