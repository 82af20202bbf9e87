import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import type { Database } from "../../database/index.ts";
import { DataError, type RowProblem, type StageRun } from "../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../storage/index.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { RawTable } from "../read/interactions.ts";
import type { LocalFile } from "../read/raw-files.ts";
import { NUMBERED_IDS } from "../read/raw-ids.ts";
import {
  addPartTables,
  createPartTables,
  PART_TABLES,
  type PartTables,
  writePartTables,
} from "./part-tables.ts";

/** What a shard tells of its part of the interactions. */
export const InteractionPart = z.strictObject({
  /** Of the whole raw file: another size means that the file was changed between two jobs. */
  fileBytes: z.number(),
  /** Records of the part: rows of the table, and those that could not be read. */
  records: z.number(),
  rows: z.number(),
  /** Row of the part → physical line of the file: from `row` on, their distance. */
  jumps: z.array(z.strictObject({ row: z.number(), distance: z.number() })),
});
export type InteractionPart = z.infer<typeof InteractionPart>;

/** The folder of all shards' parts; removed once they are assembled. */
export function partsFolder(execution: string): string {
  return `${artefactFolder("processed_data", execution)}/shards/`;
}

/** Leaves the table `raw`, and what could not be read at all, for the assembly. */
export async function writeInteractionPart(
  bucket: Bucket,
  { execution, shard, scratchFolder }: Pick<StageRun, "execution" | "shard" | "scratchFolder">,
  database: Database,
  part: InteractionPart,
  flaws: readonly RowProblem[],
): Promise<void> {
  const folder = `${partsFolder(execution)}${String(shard.index)}`;
  const paths = await writePartTables(database, await folderOf(scratchFolder, shard.index));
  for (const table of PART_TABLES) await bucket.upload(`${folder}/${table}.parquet`, paths[table]);
  const writer = await bucket.create(`${folder}/flaws.jsonl`);
  for (const flaw of flaws) await writer.write(`${JSON.stringify(flaw)}\n`);
  await writer.close();
  await bucket.write(`${folder}/part.json`, JSON.stringify(part));
}

/**
 * Reads the parts of all shards into the table `raw`, in the order of the file, so that it is what one instance would
 * have read.
 *
 * @param bucket - holds the parts
 * @param run - whose parts they are
 * @param shards - how many there are
 * @param database - gets the table `raw`
 * @param file - the raw file, as it is now
 * @param quarantine - is given every record that could not be read, in the order of the file
 * @throws DataError if the raw file has changed since a shard read it
 */
export async function readInteractionParts(
  bucket: Bucket,
  run: Pick<StageRun, "execution" | "scratchFolder">,
  shards: number,
  database: Database,
  file: LocalFile,
  quarantine: Pick<Quarantine, "add">,
): Promise<RawTable> {
  await createPartTables(database);
  const jumps: InteractionPart["jumps"] = [];
  let rows = 0;
  let records = 0;
  for (let shard = 0; shard < shards; shard++) {
    const folder = `${partsFolder(run.execution)}${String(shard)}`;
    const text = async (name: string): Promise<string> =>
      Buffer.from(await bucket.read(`${folder}/${name}`)).toString("utf8");
    const part = InteractionPart.parse(JSON.parse(await text("part.json")));
    throwIfChanged(file, part);
    for (const line of (await text("flaws.jsonl")).split("\n")) {
      if (line !== "") quarantine.add(JSON.parse(line) as RowProblem); // reports show its keys in their order
    }
    for (const { row, distance } of part.jumps) {
      jumps.push({ row: rows + row, distance: distance - rows });
    }
    if (part.rows > 0) {
      await addPartTables(database, await localTables(bucket, run, folder, shard));
    }
    rows += part.rows;
    records += part.records;
  }
  return { records, jumps, ids: NUMBERED_IDS };
}

function throwIfChanged({ name, bytes }: LocalFile, { fileBytes }: InteractionPart): void {
  if (fileBytes === bytes) return;
  throw new DataError(
    { file: name },
    `was changed while it was collected (${fileBytes} bytes, now ${bytes}); leave raw files alone until the collector has ended, and execute it anew under another name`,
  );
}

async function localTables(
  bucket: Bucket,
  { scratchFolder }: Pick<StageRun, "scratchFolder">,
  folder: string,
  shard: number,
): Promise<PartTables> {
  const target = await folderOf(scratchFolder, shard);
  const local = (table: keyof PartTables): Promise<string> =>
    bucket.toLocalFile(`${folder}/${table}.parquet`, target);
  return {
    users: await local("users"),
    items: await local("items"),
    interactions: await local("interactions"),
  };
}

/** A folder of its own for each part: their names are the same. */
async function folderOf(scratchFolder: string, shard: number): Promise<string> {
  const folder = join(scratchFolder, `part-${String(shard)}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
