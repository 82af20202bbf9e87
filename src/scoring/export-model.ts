import type { Readable } from "node:stream";

import { type ScoringModel, type StageFolder } from "../schema/index.ts";
import { artefactFolder, type Bucket, readManifest } from "../storage/index.ts";
import { SCORING_FILE } from "./scoring-file.ts";

/** A file of an exported model. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: number;
  /** What it must hold; not known of a manifest. */
  readonly sha256: string | undefined;
  open(): Promise<Readable | string>;
}

/** What scoring reads of a model and of the data; the rest of them is for people and for other stages. */
const PARTS: Readonly<Record<"model" | "processed_data", readonly string[]>> = {
  model: ["model.json", "served.safetensors", "items.safetensors", "vocabulary.json"],
  processed_data: [
    "interactions.safetensors",
    "items.safetensors",
    "users.safetensors",
    "vocabulary.json",
  ],
};

/**
 * The files that make a model self-contained: the parts that scoring reads, laid out as in the bucket, and at last
 * `scoring.json`, without which a folder is no model.
 *
 * @throws ObjectNotFoundError if the model or its data are no longer kept
 */
export async function exportedFiles(
  bucket: Bucket,
  model: Omit<ScoringModel, "formatVersion">,
): Promise<readonly ExportedFile[]> {
  const description: ScoringModel = { formatVersion: 1, ...model };
  const text = `${JSON.stringify(description, null, 2)}\n`;
  return [
    ...(await partsOf(bucket, "model", model.model)),
    ...(await partsOf(bucket, "processed_data", model.data)),
    {
      name: SCORING_FILE,
      bytes: Buffer.byteLength(text),
      sha256: undefined,
      open: () => Promise.resolve(text),
    },
  ];
}

async function partsOf(
  bucket: Bucket,
  stage: keyof typeof PARTS & StageFolder,
  execution: string,
): Promise<readonly ExportedFile[]> {
  const folder = artefactFolder(stage, execution);
  const { files } = await readManifest(bucket, stage, execution);
  const manifest = `${folder}/manifest.json`;
  const { bytes } = (await bucket.head(manifest))!;
  return [
    { name: manifest, bytes, sha256: undefined, open: () => bucket.stream(manifest) },
    ...PARTS[stage].map((name) => {
      const entry = files[name];
      const path = `${folder}/${name}`;
      if (entry === undefined) {
        throw new Error(
          `${path} is not in ${bucket.url}: an earlier version made it; run "recsys execute core", then export again`,
        );
      }
      return { name: path, ...entry, open: () => bucket.stream(path) };
    }),
  ];
}
