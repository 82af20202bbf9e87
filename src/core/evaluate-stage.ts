import type { Kernels } from "../kernels/index.ts";
import { type GateDecision, PART, type StageRun } from "../schema/index.ts";
import { type Bucket, readManifest } from "../storage/index.ts";
import { baselines } from "./baselines/index.ts";
import { Calibrator } from "./calibrate/index.ts";
import { type Dataset, readDataset, type Scorer } from "./data/index.ts";
import { evaluateModel, writeEvaluation } from "./evaluate/index.ts";
import { type ModelCard, readModelCard, readParameters } from "./model/model-file.ts";
import { ModelScorer } from "./model/model-scorer.ts";
import { openCoreKernels } from "./open-kernels.ts";
import { type FitData, finalFit } from "./train/final-fit.ts";
import { fitRunOf } from "./train/fit-run.ts";
import { fitData } from "./train/tune.ts";

const KNOWN_PARTS = [PART.train, PART.validation];

/**
 * Evaluation: the model of `model/<execution>/` on the test rows → `evaluation/<execution>/`, and the
 * gate's decision.
 */
export async function evaluateStage(bucket: Bucket, run: StageRun): Promise<GateDecision> {
  const processed = run.inputs["processed_data"]!;
  const dataset = await readDataset(bucket, processed);
  const card = await readModelCard(bucket, run.execution);
  const kernels = await openCoreKernels(run.config.training.threads);
  try {
    const data = fitData(dataset, KNOWN_PARTS, card.settings.useFeatures);
    const parameters = await readParameters(kernels, bucket, run.execution, "evaluated");
    const built: Scorer[] = [];
    for (const baseline of baselines(kernels, data.train, data.tokens))
      built.push(await baseline.build(run));
    const evaluation = await evaluateModel({
      dataset,
      model: new ModelScorer(kernels, { ...data, parameters, settings: card.settings }, data.train),
      calibrator: new Calibrator(card.calibrator),
      baselines: built,
      served: await servedConfiguration(kernels, bucket, run, dataset, card),
      config: run.config.evaluation,
      kernels,
      signal: run.signal,
      report: run.report,
    });
    const inputs = { processed_data: processed, model: run.execution };
    await writeEvaluation(bucket, run, evaluation, inputs);
    return evaluation.gate;
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
    "served-configuration",
    fitRunOf(bucket, run),
  );
  return new ModelScorer(kernels, model, data.train, { name: "served configuration" });
}
