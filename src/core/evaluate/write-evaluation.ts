import { Evaluation, type StageRun } from "../../schema/index.ts";
import { artefactFolder, ArtefactWriter, type Bucket, readManifest } from "../../storage/index.ts";
import type { ModelCard } from "../model/model-file.ts";
import { reportPage } from "./report/index.ts";

/** What was found, and the card of the model that it was found of. */
export interface Evaluated {
  readonly evaluation: Evaluation;
  readonly card: ModelCard;
}

/**
 * Writes `evaluation/<execution>/`: `metrics.json`, `report.html` and the manifest (Q49, Q61).
 *
 * @param bucket - where to
 * @param run - whose evaluation it is
 * @param evaluated - the figures, and the model they are of
 * @param inputs - the artefacts evaluated: stage folder → execution
 */
export async function writeEvaluation(
  bucket: Bucket,
  run: Pick<StageRun, "execution" | "startedAtSeconds">,
  evaluated: Evaluated,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const evaluation = Evaluation.parse(evaluated.evaluation);
  const artefact = new ArtefactWriter(bucket, "evaluation", run.execution);
  await artefact.write("metrics.json", JSON.stringify(evaluation, null, 2));
  await artefact.write("report.html", reportPage(evaluation, evaluated.card, run.execution));
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs,
    content: { gate: evaluation.gate, counts: evaluation.counts },
  });
}

/** @throws ObjectNotFoundError if the execution has not finished its evaluation */
export async function readEvaluation(bucket: Bucket, execution: string): Promise<Evaluation> {
  await readManifest(bucket, "evaluation", execution);
  const bytes = await bucket.read(`${artefactFolder("evaluation", execution)}/metrics.json`);
  return Evaluation.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}
