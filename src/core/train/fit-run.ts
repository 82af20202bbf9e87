import type { Progress, StageRun } from "../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../storage/index.ts";
import { bucketCheckpoints, type Checkpoints } from "./checkpoint.ts";

/** What a fit needs from its surroundings. */
export interface FitRun {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly checkpoints: Checkpoints;
  /**
   * What its progress is called.
   *
   * @default "train"
   */
  readonly activity?: string;
}

/** What a fit needs of a stage; its checkpoints stand beside the model until that is whole. */
export function fitRunOf(bucket: Bucket, { execution, signal, report }: StageRun): FitRun {
  return { signal, report, checkpoints: bucketCheckpoints(bucket, checkpointFolder(execution)) };
}

/** Where an execution's checkpoints stand. */
export function checkpointFolder(execution: string): string {
  return `${artefactFolder("model", execution)}/checkpoints`;
}
