/** The jobs that the job binary knows, in the order of the workflows. */
export const JOB_NAMES = [
  "collect",
  "assemble",
  "measure",
  "publish-data",
  "train",
  "evaluate",
  "compare",
  "refit",
  "round",
  "average",
  "transform",
  "merge",
  "publish",
] as const;

/** What the job binary's first argument may be. */
export type JobName = (typeof JOB_NAMES)[number];
