import { createHash } from "node:crypto";
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
import { type Destination, fileDestination, openDestination } from "../output/destination.ts";
import { bytes } from "../output/quantities.ts";
import { TAR_BLOCK, tarHeader } from "../output/tar-header.ts";
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
      "folder, or file that ends in .tar.gz, here or in S3; files of the same names are replaced",
    )
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (place: string, options: { bucket: string }, command: Command) => {
      const session = open(command);
      const write = await writerTo(place, session.signal);
      const bucket = await openBucket(session, options.bucket);
      const model = await servedModel(bucket);
      const files = await kept(() => exportedFiles(bucket, model));
      await write(files);
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

type Write = (files: readonly ExportedFile[]) => Promise<void>;

/** Writes an archive where the place is named as one, else the files by themselves. */
async function writerTo(place: string, signal: AbortSignal): Promise<Write> {
  if (place.endsWith(".tar.gz")) {
    const [folder, name] = await fileDestination(place);
    // Weights and ids hardly shrink: more effort would only take time.
    return (files) =>
      pipeline(packed(files), createGzip({ level: 1 }), (archive: AsyncIterable<Buffer>) =>
        folder.write(name, archive, signal),
      );
  }
  const folder = await openDestination(place);
  return (files) => writeFiles(folder, files, signal);
}

async function writeFiles(
  folder: Destination,
  files: readonly ExportedFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) await folder.write(file.name, contentOf(file), signal);
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

const EXAMPLES = `
Examples:
  recsys export-model model.tar.gz
  recsys export-model ./model --bucket s3://my-bucket
  recsys export-model s3://my-bucket/models/shop/model.tar.gz --bucket s3://my-bucket
  docker run -v "$PWD/model:/opt/ml/model:ro" -p 8080:8080 recsys serve`;
