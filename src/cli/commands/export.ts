import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";

import { Command } from "commander";

import type { FileEntry } from "../../schema/index.ts";
import { artefactFolder, type Bucket, readManifest, readPointer } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { bytes } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import { localFolder } from "../local-folder.ts";
import type { OpenSession } from "../session.ts";

/** Where the recommendations are, the stage whose pointer decides what is served. */
const SERVED = "batch_transform_inference_output";

/** `recsys export`: the recommendations as files for other programs (Q11, A31). */
export function exportCommand(open: OpenSession): Command {
  return new Command("export")
    .description("copy the recommendations now served out of the bucket, as CSV and JSON lines")
    .argument("<dir>", "folder to write to; files of the same names are replaced")
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (place: string, options: { bucket: string }, command: Command) => {
      const session = open(command);
      const folder = localFolder(place);
      const bucket = await openBucket(session, options.bucket);
      const exported = await exportServed(bucket, folder, session.signal);
      const rows = exported.files.map((file) => [join(folder, file.name), bytes(file.bytes)]);
      session.print(
        exported,
        `execution ${exported.execution}\n${table(["FILE", "SIZE"], rows, "")}`,
      );
    });
}

interface Exported {
  readonly execution: string;
  readonly files: readonly ({ readonly name: string } & FileEntry)[];
}

async function exportServed(
  bucket: Bucket,
  folder: string,
  signal: AbortSignal,
): Promise<Exported> {
  const pointer = await readPointer(bucket, SERVED);
  if (pointer === undefined) {
    throw new Error(`nothing to export: no recommendations in ${bucket.url} yet; run "recsys up"`);
  }
  const { execution } = pointer;
  const manifest = await readManifest(bucket, SERVED, execution);
  const files = Object.entries(manifest.files)
    .filter(([name]) => name.endsWith(".csv") || name.endsWith(".jsonl"))
    .map(([name, entry]) => ({ name, ...entry }));
  await mkdir(folder, { recursive: true });
  for (const { name, sha256 } of files) {
    const source = `${artefactFolder(SERVED, execution)}/${name}`;
    await copyChecked(bucket, source, sha256, join(folder, name), signal);
  }
  return { execution, files };
}

/** Copies by way of a temporary name, so that a reader of `target` never sees half a file. */
async function copyChecked(
  bucket: Bucket,
  source: string,
  sha256: string,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash("sha256");
  const hashed = new PassThrough().on("data", (piece: Buffer) => hash.update(piece));
  const temporary = `${target}.part`;
  try {
    await pipeline(await bucket.stream(source), hashed, createWriteStream(temporary), { signal });
    const got = hash.digest("hex");
    if (got !== sha256) {
      throw new Error(
        `${source} in ${bucket.url} is damaged: sha256 must be ${sha256}, got ${got}; run the core workflow again`,
      );
    }
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}

const EXAMPLES = `
Examples:
  recsys export ./out
  recsys export ./out --bucket ./my-bucket --json`;
