import type { GateDecision, StageRun } from "../schema/index.ts";
import { artefactFolder, type Bucket } from "../storage/index.ts";
import { Calibrator } from "./calibrate/index.ts";
import { readDataset } from "./data/index.ts";
import {
  compareRankings,
  heldOutUsers,
  rankingsFolder,
  readEvaluation,
  readLabels,
  readRankings,
  writeEvaluation,
} from "./evaluate/index.ts";
import { readModelCard } from "./model/model-file.ts";
import { openCoreKernels } from "./open-kernels.ts";

/**
 * Joins the lists of the evaluation's shards → `evaluation/<execution>/`, and the gate's decision. The figures are the
 * same for any number of shards.
 */
export async function compareStage(bucket: Bucket, run: StageRun): Promise<GateDecision> {
  const { execution, config } = run;
  const manifest = `${artefactFolder("evaluation", execution)}/manifest.json`;
  if ((await bucket.head(manifest)) !== undefined) {
    await bucket.removeAll(rankingsFolder(execution)); // killed after the artefact was whole
    return (await readEvaluation(bucket, execution)).gate;
  }
  const processed = run.inputs["processed_data"]!;
  run.report({ activity: "compare the rankings" });
  const dataset = await readDataset(bucket, processed);
  const card = await readModelCard(bucket, execution);
  const shards = config.instances.evaluation.instanceCount;
  const ranked = await readRankings(bucket, execution, shards);
  const kernels = await openCoreKernels(run.threads);
  try {
    const task = {
      dataset,
      config: config.evaluation,
      calibrator: new Calibrator(card.calibrator),
      labels: await readLabels(bucket, processed, dataset.itemFeatures),
      kernels,
    };
    const evaluation = compareRankings(task, heldOutUsers(task), ranked);
    const inputs = { processed_data: processed, model: execution };
    await writeEvaluation(bucket, run, { evaluation, card }, inputs);
    await bucket.removeAll(rankingsFolder(execution));
    return evaluation.gate;
  } finally {
    await kernels.close();
  }
}
