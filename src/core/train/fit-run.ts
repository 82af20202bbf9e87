import type { StageRun } from "../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../storage/index.ts";
import { bucketCheckpoints } from "./checkpoint.ts";
import type { FitRun } from "./search.ts";

/** What a fit needs of a stage; its checkpoints stand beside the model until that is whole. */
export function fitRunOf(bucket: Bucket, { execution, signal, report }: StageRun): FitRun {
  return { signal, report, checkpoints: bucketCheckpoints(bucket, checkpointFolder(execution)) };
}

/** Where an execution's checkpoints stand. */
export function checkpointFolder(execution: string): string {
  return `${artefactFolder("model", execution)}/checkpoints`;
}
