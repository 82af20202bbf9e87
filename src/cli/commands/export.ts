import { createHash } from "node:crypto";

import { Command } from "commander";

import type { FileEntry } from "../../schema/index.ts";
import { artefactFolder, type Bucket, readManifest, readPointer } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { type Destination, openDestination } from "../output/destination.ts";
import { bytes } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import type { OpenSession } from "../session.ts";

/** Where the recommendations are, the stage whose pointer decides what is served. */
const SERVED = "batch_transform_inference_output";

/** `recsys export`: the recommendations as files for other programs (Q11, A31). */
export function exportCommand(open: OpenSession): Command {
  return new Command("export")
    .description("copy the recommendations now served out of the bucket, as CSV and JSON lines")
    .argument(
      "<place>",
      "folder, or s3://bucket/prefix, to write to; files of the same names are replaced",
    )
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (place: string, options: { bucket: string }, command: Command) => {
      const session = open(command);
      const destination = await openDestination(place);
      const bucket = await openBucket(session, options.bucket);
      const exported = await exportServed(bucket, destination, session.signal);
      const rows = exported.files.map((file) => [destination.at(file.name), bytes(file.bytes)]);
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
  destination: Destination,
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
  for (const { name, sha256 } of files) {
    const source = `${artefactFolder(SERVED, execution)}/${name}`;
    await destination.write(name, checked(bucket, source, sha256), signal);
  }
  return { execution, files };
}

/** @throws Error at its end if the file is not what its manifest says */
async function* checked(bucket: Bucket, path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of await bucket.stream(path)) {
    hash.update(piece as Buffer);
    yield piece as Buffer;
  }
  const got = hash.digest("hex");
  if (got === sha256) return;
  throw new Error(
    `${path} in ${bucket.url} is damaged: sha256 must be ${sha256}, got ${got}; run the core workflow again`,
  );
}

const EXAMPLES = `
Examples:
  recsys export ./out
  recsys export ./out --bucket ./my-bucket --json
  recsys export s3://my-bucket/out --bucket s3://my-bucket`;
