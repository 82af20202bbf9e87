import { type StageFolder, STAGE_FOLDERS } from "../schema/index.ts";
import { artefactFolder, type Bucket, readManifest, readPointer } from "../storage/index.ts";
import { listExecutions } from "./execution-record.ts";

/**
 * Removes the artefacts of executions beyond the latest `keep` of each stage.
 *
 * Never removed: what a pointer names, what it named before (a roll-back needs it), what those were
 * made from, and whatever an execution that has not ended wrote or reads. Records stay.
 */
export async function removeOldArtefacts(bucket: Bucket, keep: number): Promise<void> {
  const executions = await listExecutions(bucket);
  const unended = executions.filter(({ outcome }) => outcome === undefined);
  const needed = new Set<string>();
  for (const stage of STAGE_FOLDERS) {
    const pointer = await readPointer(bucket, stage);
    for (const execution of [pointer?.execution, pointer?.previous]) {
      if (typeof execution === "string") await need(bucket, stage, execution, needed);
    }
    for (const { name, input } of unended) {
      needed.add(artefactFolder(stage, name));
      const { inputs } = input;
      for (const read of [inputs[stage], inputs["served"]]) {
        if (read !== undefined) await need(bucket, stage, read, needed);
      }
    }
  }
  for (const stage of STAGE_FOLDERS) {
    const latestFirst = executions.map(({ name }) => artefactFolder(stage, name));
    const present = await artefactsOf(bucket, stage);
    const kept = new Set([...latestFirst.filter((folder) => present.has(folder)).slice(0, keep)]);
    for (const folder of present) {
      if (!kept.has(folder) && !needed.has(folder)) await bucket.removeAll(`${folder}/`);
    }
  }
}

/** Adds an artefact and, through the manifests, all that it was made from. */
async function need(
  bucket: Bucket,
  stage: StageFolder,
  execution: string,
  needed: Set<string>,
): Promise<void> {
  const folder = artefactFolder(stage, execution);
  if (needed.has(folder)) return;
  needed.add(folder);
  if ((await bucket.head(`${folder}/manifest.json`)) === undefined) return;
  const { inputs } = await readManifest(bucket, stage, execution);
  for (const made of STAGE_FOLDERS) {
    const from = inputs[made];
    if (from !== undefined) await need(bucket, made, from, needed);
  }
}

async function artefactsOf(bucket: Bucket, stage: StageFolder): Promise<ReadonlySet<string>> {
  const objects = await bucket.list(`${stage}/`);
  const names = objects.map(({ path }) => path.split("/")).filter((parts) => parts.length > 2);
  return new Set(names.map(([, execution]) => artefactFolder(stage, execution!)));
}
