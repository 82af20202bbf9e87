import type { Kernels } from "../kernels/index.ts";
import { PART, type StageRun } from "../schema/index.ts";
import { type Bucket, readManifest } from "../storage/index.ts";
import { baselines } from "./baselines/index.ts";
import { type Dataset, readDataset, type Scorer } from "./data/index.ts";
import { heldOutUsers, rankHeldOut, writeRankings } from "./evaluate/index.ts";
import { type ModelCard, readModelCard } from "./model/model-file.ts";
import { ModelScorer } from "./model/model-scorer.ts";
import { readParameters } from "./model/weights-file.ts";
import { openCoreKernels } from "./open-kernels.ts";
import { type FitData, finalFit } from "./train/final-fit.ts";
import { fitRunOf } from "./train/fit-run.ts";
import { fitData } from "./train/tune.ts";

const KNOWN_PARTS = [PART.train, PART.validation];

/**
 * A shard of the evaluation: ranks its part of the held-out users by the model of `model/<execution>/` and by what it
 * is compared with, and leaves the lists beside `evaluation/<execution>/` for the comparison. Every shard fits the
 * baselines for itself; the same user's list is the same bytes in whatever shard.
 */
export async function evaluateStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, shard, config, signal, report } = run;
  const dataset = await readDataset(bucket, run.inputs["processed_data"]!);
  const card = await readModelCard(bucket, execution);
  const kernels = await openCoreKernels(run.threads);
  try {
    const data = fitData(dataset, KNOWN_PARTS, card.settings.useFeatures);
    const parameters = await readParameters(kernels, bucket, execution, "evaluated");
    const built: Scorer[] = [];
    for (const baseline of baselines(kernels, data.train, data.tokens))
      built.push(await baseline.build(run));
    const held = heldOutUsers({ dataset, config: config.evaluation });
    const users = held.population.users.length;
    const range = {
      start: Math.floor((users * shard.index) / shard.count),
      end: Math.floor((users * (shard.index + 1)) / shard.count),
    };
    const ranked = await rankHeldOut(held, range, {
      model: new ModelScorer(kernels, { ...data, parameters, settings: card.settings }, data.train),
      baselines: built,
      served: await servedConfiguration(kernels, bucket, run, dataset, card),
      kernels,
      signal,
      report,
    });
    await writeRankings(bucket, execution, shard.index, ranked);
  } finally {
    await kernels.close();
  }
}

/**
 * The configuration that is served now, fitted on the same rows as the new model, so that the gate
 * compares like with like; `undefined` before the first, or where it is the same configuration.
 */
async function servedConfiguration(
  kernels: Kernels,
  bucket: Bucket,
  run: StageRun,
  dataset: Dataset,
  { settings }: ModelCard,
): Promise<Scorer | undefined> {
  const served = run.inputs["served"];
  if (served === undefined || !run.config.evaluation.gate.compareWithServed) return undefined;
  const { inputs } = await readManifest(bucket, "batch_transform_inference_output", served);
  const other = await readModelCard(bucket, inputs["model"]!);
  if (JSON.stringify(other.settings) === JSON.stringify(settings)) return undefined;
  const data: FitData = fitData(dataset, KNOWN_PARTS, other.settings.useFeatures);
  const model = await finalFit(
    kernels,
    data,
    other.settings,
    `served-configuration-${run.shard.index}`, // each shard has a checkpoint of its own
    fitRunOf(bucket, run),
  );
  return new ModelScorer(kernels, model, data.train, { name: "served configuration" });
}
