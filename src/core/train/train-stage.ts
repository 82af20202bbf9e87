import { PART, type StageRun } from "../../schema/index.ts";
import {
  artefactFolder,
  ArtefactWriter,
  type Bucket,
  encodeSafetensors,
} from "../../storage/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import { readDataset } from "../data/index.ts";
import {
  FITS,
  type FitName,
  type ModelCard,
  readModelCard,
  weightTensors,
} from "../model/model-file.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { calibrate } from "./calibrate-search.ts";
import { finalFit } from "./final-fit.ts";
import { checkpointFolder, fitRunOf } from "./fit-run.ts";
import { fitData, tune, type Tuning } from "./tune.ts";

/**
 * Training: `processed_data/` → `model/<execution>/evaluated.safetensors` and `model.json`.
 *
 * Settings are found on the validation rows; then the model is fitted on training and validation rows
 * together, to be evaluated on the test rows.
 */
export async function trainStage(bucket: Bucket, run: StageRun): Promise<void> {
  const dataset = await readDataset(bucket, run.inputs["processed_data"]!);
  const { training } = run.config;
  const kernels = await openCoreKernels(training.threads);
  try {
    const fitRun = fitRunOf(bucket, run);
    const tuning = await tune(kernels, dataset, training, fitRun);
    const calibrator = await calibrate(kernels, dataset, tuning, fitRun);
    const data = fitData(dataset, [PART.train, PART.validation], training.useFeatures);
    const model = await finalFit(kernels, data, tuning.settings, "evaluated", fitRun);
    await writeWeights(bucket, run.execution, "evaluated", model);
    await bucket.write(
      `${artefactFolder("model", run.execution)}/model.json`,
      cardText(tuning, calibrator),
    );
  } finally {
    await kernels.close();
  }
}

/**
 * Refit: after the gate, the same settings on all rows → `model/<execution>/served.safetensors`, and the
 * manifest that makes the model whole. The calibrator stays.
 */
export async function refitStage(bucket: Bucket, run: StageRun): Promise<void> {
  const processed = run.inputs["processed_data"]!;
  const dataset = await readDataset(bucket, processed);
  const { settings } = await readModelCard(bucket, run.execution);
  const kernels = await openCoreKernels(run.config.training.threads);
  try {
    const data = fitData(dataset, [PART.train, PART.validation, PART.test], settings.useFeatures);
    const model = await finalFit(kernels, data, settings, "served", fitRunOf(bucket, run));
    await writeWeights(bucket, run.execution, "served", model);
  } finally {
    await kernels.close();
  }
  const artefact = new ArtefactWriter(bucket, "model", run.execution);
  for (const fit of FITS) await artefact.adopt(`${fit}.safetensors`);
  await artefact.adopt("model.json");
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs: { processed_data: processed },
    content: { settings, threads: run.config.training.threads },
  });
  await bucket.removeAll(`${checkpointFolder(run.execution)}/`);
}

async function writeWeights(
  bucket: Bucket,
  execution: string,
  fit: FitName,
  model: FittedModel,
): Promise<void> {
  const writer = await bucket.create(`${artefactFolder("model", execution)}/${fit}.safetensors`);
  for (const piece of encodeSafetensors(weightTensors(model.parameters))) await writer.write(piece);
  await writer.close();
}

function cardText(tuning: Tuning, calibrator: Calibrator): string {
  const card: ModelCard = {
    settings: tuning.settings,
    calibrator: calibrator.toJSON(),
    candidates: [...tuning.race, ...tuning.fits].map(({ settings, ndcg, curve }) => ({
      settings,
      ndcg,
      curve: [...curve],
    })),
    blends: [...tuning.blends],
  };
  return JSON.stringify(card, null, 2);
}
