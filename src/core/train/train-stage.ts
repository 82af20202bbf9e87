import { type FitName, FITS, PART, type StageRun } from "../../schema/index.ts";
import {
  artefactFolder,
  ArtefactWriter,
  type Bucket,
  encodeSafetensors,
} from "../../storage/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import { readDataset } from "../data/index.ts";
import { type ModelCard, readModelCard } from "../model/model-file.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { dataRowNames, writeRowNames } from "../model/row-names.ts";
import { weightTensors } from "../model/weights-file.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { calibrate } from "./calibrate-search.ts";
import { finalFit } from "./final-fit.ts";
import { checkpointFolder, fitRunOf } from "./fit-run.ts";
import type { Candidate } from "./race.ts";
import { fitData, tune, type Tuning } from "./tune.ts";

/**
 * Training: `processed_data/` → `model/<execution>/evaluated.safetensors` and `model.json`.
 *
 * Settings are found on the validation rows; then the model is fitted on training and validation rows
 * together, to be evaluated on the test rows. Several instances share that fit in rounds of their own
 * (`round-stages.ts`).
 */
export async function trainStage(bucket: Bucket, run: StageRun): Promise<void> {
  const dataset = await readDataset(bucket, run.inputs["processed_data"]!);
  const { training } = run.config;
  const kernels = await openCoreKernels(run.threads);
  try {
    const fitRun = fitRunOf(bucket, run);
    const tuning = await tune(kernels, dataset, training, fitRun);
    const calibrator = await calibrate(kernels, dataset, tuning, fitRun);
    if (isOneInstance(run)) {
      const data = fitData(dataset, [PART.train, PART.validation], training.useFeatures);
      const model = await finalFit(kernels, data, tuning.settings, "evaluated", fitRun);
      await writeWeights(bucket, run.execution, "evaluated", model);
    }
    await bucket.write(
      `${artefactFolder("model", run.execution)}/model.json`,
      cardText(tuning, calibrator),
    );
  } finally {
    await kernels.close();
  }
}

/**
 * Refit: after the gate, the same settings on all rows → `model/<execution>/served.safetensors`, what its rows
 * stand for, and the manifest that makes the model whole. The calibrator stays.
 */
export async function refitStage(bucket: Bucket, run: StageRun): Promise<void> {
  const processed = run.inputs["processed_data"]!;
  const { settings } = await readModelCard(bucket, run.execution);
  if (isOneInstance(run)) {
    const dataset = await readDataset(bucket, processed);
    const kernels = await openCoreKernels(run.threads);
    try {
      const data = fitData(dataset, Object.values(PART), settings.useFeatures);
      const model = await finalFit(kernels, data, settings, "served", fitRunOf(bucket, run));
      await writeWeights(bucket, run.execution, "served", model);
    } finally {
      await kernels.close();
    }
  }
  const artefact = new ArtefactWriter(bucket, "model", run.execution);
  for (const fit of FITS) await artefact.adopt(`${fit}.safetensors`);
  await artefact.adopt("model.json");
  await writeRowNames(artefact, await dataRowNames(bucket, processed, settings.useFeatures));
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs: { processed_data: processed },
    content: {
      settings,
      instances: run.config.instances.training.instanceCount,
    },
  });
  await bucket.removeAll(`${checkpointFolder(run.execution)}/`);
}

function isOneInstance({ config }: StageRun): boolean {
  return config.instances.training.instanceCount === 1;
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
    race: tuning.race.map(plain),
    fits: tuning.fits.map(plain),
    blends: [...tuning.blends],
    ...(tuning.budget === undefined ? {} : { budget: tuning.budget.record }),
  };
  return JSON.stringify(card, null, 2);
}

function plain({ settings, ndcg, curve }: Candidate): ModelCard["fits"][number] {
  return { settings, ndcg, curve: [...curve] };
}
