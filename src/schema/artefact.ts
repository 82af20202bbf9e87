import { z } from "zod";

/** The folders of the bucket's prefix, one a stage (Q46–Q50), and the dashboard's rollups. The serving one comes last. */
export const STAGE_FOLDERS = [
  "processed_data",
  "kpi",
  "model",
  "evaluation",
  "batch_transform_inference_output",
] as const;
export type StageFolder = (typeof STAGE_FOLDERS)[number];

/** `<stage folder>/current.json`: the execution whose artefacts count. A roll-back is one swap of it. */
export const Pointer = z.strictObject({
  execution: z.string(),
  manifestSha256: z.string().length(64),
  previous: z.string().nullable(),
});
export type Pointer = z.infer<typeof Pointer>;

/** A file of an artefact. */
export const FileEntry = z.strictObject({
  bytes: z.int().nonnegative(),
  sha256: z.string().length(64),
});
export type FileEntry = z.infer<typeof FileEntry>;

/** `manifest.json` of an execution's folder; `content` is the stage's own part. */
export const Manifest = z.strictObject({
  formatVersion: z.literal(1),
  kind: z.enum(STAGE_FOLDERS),
  execution: z.string(),
  createdAt: z.iso.datetime(),
  /** The artefacts that this one was made from: stage folder → execution. */
  inputs: z.record(z.string(), z.string()),
  files: z.record(z.string(), FileEntry),
  content: z.record(z.string(), z.unknown()),
});
export type Manifest = z.infer<typeof Manifest>;
