import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

import { Command } from "commander";

import { readExecution } from "../../recipe/index.ts";
import { type ExportedFile, exportedFiles } from "../../scoring/index.ts";
import { DataError } from "../../schema/index.ts";
import {
  type Bucket,
  ObjectNotFoundError,
  readManifest,
  readPointer,
} from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { bytes } from "../output/quantities.ts";
import { TAR_BLOCK, tarHeader } from "../output/tar-header.ts";
import { localFolder } from "../local-folder.ts";
import type { OpenSession } from "../session.ts";

const SERVED = "batch_transform_inference_output";

/** `recsys export-model`: the model whose recommendations are served, for ad-hoc scoring. */
export function exportModelCommand(open: OpenSession): Command {
  return new Command("export-model")
    .description(
      "write the model now served for ad-hoc scoring: a folder, or an archive as SageMaker takes it",
    )
    .argument(
      "<place>",
      "folder, or file that ends in .tar.gz, to write; files of the same names are replaced",
    )
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (place: string, options: { bucket: string }, command: Command) => {
      const session = open(command);
      const bucket = await openBucket(session, options.bucket);
      const model = await servedModel(bucket);
      const files = await kept(() => exportedFiles(bucket, model));
      localFolder(place);
      const write = place.endsWith(".tar.gz") ? writeArchive : writeFolder;
      await write(place, files, session.signal);
      const size = files.reduce((sum, file) => sum + file.bytes, 0);
      session.print(
        { place, ...model, files: files.map((file) => file.name), bytes: size },
        `${place}: the model of execution ${model.model} with the data of ${model.data}, ${bytes(size)}`,
      );
    });
}

/** What makes the recommendations that are served. */
async function servedModel(bucket: Bucket) {
  const pointer = await readPointer(bucket, SERVED);
  if (pointer === undefined) {
    throw new Error(`no model to export: nothing is served in ${bucket.url} yet; run "recsys up"`);
  }
  const { execution } = pointer;
  const { inputs } = await readManifest(bucket, SERVED, execution);
  const record = await readExecution(bucket, "core", execution);
  if (record === undefined) {
    throw new DataError(
      { file: `executions/core/${execution}` },
      `the record of the execution that is served is gone from ${bucket.url}; run "recsys execute core", then export again`,
    );
  }
  const { kMax, probability } = record.config.transform;
  return {
    execution,
    model: inputs["model"] ?? execution,
    data: inputs["processed_data"]!,
    transform: { kMax, probability },
  };
}

/** Says what to do where the model or its data were removed since. */
async function kept<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    throw new DataError(
      { file: SERVED },
      `what is served was made of things that are no longer kept (${error.message}); run "recsys execute core", then export again`,
    );
  }
}

async function writeFolder(
  folder: string,
  files: readonly ExportedFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    const target = join(folder, file.name);
    await whole(target, (part) => pipeline(contentOf(file), createWriteStream(part), { signal }));
  }
}

async function writeArchive(
  archive: string,
  files: readonly ExportedFile[],
  signal: AbortSignal,
): Promise<void> {
  await whole(archive, (part) =>
    // Weights and ids hardly shrink: more effort would only take time.
    pipeline(packed(files), createGzip({ level: 1 }), createWriteStream(part), { signal }),
  );
}

async function* packed(files: readonly ExportedFile[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield tarHeader(file.name, file.bytes);
    yield* contentOf(file);
    yield Buffer.alloc((TAR_BLOCK - (file.bytes % TAR_BLOCK)) % TAR_BLOCK);
  }
  yield Buffer.alloc(2 * TAR_BLOCK);
}

/** @throws DataError if the file is not what its manifest says */
async function* contentOf(file: ExportedFile): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  const content = await file.open();
  for await (const piece of typeof content === "string" ? [Buffer.from(content)] : content) {
    hash.update(piece as Buffer);
    yield piece as Buffer;
  }
  const got = hash.digest("hex");
  if (file.sha256 === undefined || got === file.sha256) return;
  throw new DataError(
    { file: file.name },
    `the file is damaged: sha256 must be ${file.sha256}, got ${got}; run "recsys execute core", then export again`,
  );
}

/** Writes by way of a temporary name, so that nobody sees half a file. */
async function whole(target: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await write(part);
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
}

const EXAMPLES = `
Examples:
  recsys export-model model.tar.gz
  recsys export-model ./model --bucket s3://my-bucket
  docker run -v "$PWD/model:/opt/ml/model:ro" -p 8080:8080 recsys serve`;
