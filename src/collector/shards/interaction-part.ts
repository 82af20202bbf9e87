import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { type Database, literal } from "../../database/index.ts";
import { DataError, type RowProblem, type StageRun } from "../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../storage/index.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { PlainFile } from "../read/plain-file.ts";
import type { LocalFile } from "../read/raw-files.ts";

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

/** The columns of `raw` that travel, in its order. */
const COLUMNS =
  "interaction_uuid, interaction_text, user_id, item_id, rating, timestamp, source, rule, value";

/** Leaves the table `raw`, and what could not be read at all, for the assembly. */
export async function writeInteractionPart(
  bucket: Bucket,
  { execution, shard, scratchFolder }: Pick<StageRun, "execution" | "shard" | "scratchFolder">,
  database: Database,
  part: InteractionPart,
  flaws: readonly RowProblem[],
): Promise<void> {
  const folder = `${partsFolder(execution)}${String(shard.index)}`;
  const local = join(scratchFolder, "part.parquet");
  await database.run(
    `COPY (SELECT ${COLUMNS} FROM raw ORDER BY rowid) TO ${literal(local)}
    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`,
  );
  await bucket.upload(`${folder}/interactions.parquet`, local);
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
): Promise<Pick<PlainFile, "records" | "jumps">> {
  const paths: string[] = [];
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
    if (part.rows > 0) paths.push(await localCopy(bucket, run, folder, shard));
    rows += part.rows;
    records += part.records;
  }
  await createRaw(database, paths);
  return { records, jumps };
}

function throwIfChanged({ name, bytes }: LocalFile, { fileBytes }: InteractionPart): void {
  if (fileBytes === bytes) return;
  throw new DataError(
    { file: name },
    `was changed while it was collected (${fileBytes} bytes, now ${bytes}); leave raw files alone until the collector has ended, and execute it anew under another name`,
  );
}

/** A folder of its own for each part: their names are the same. */
async function localCopy(
  bucket: Bucket,
  { scratchFolder }: Pick<StageRun, "scratchFolder">,
  folder: string,
  shard: number,
): Promise<string> {
  const target = join(scratchFolder, `part-${String(shard)}`);
  await mkdir(target, { recursive: true });
  return bucket.toLocalFile(`${folder}/interactions.parquet`, target);
}

async function createRaw(database: Database, paths: readonly string[]): Promise<void> {
  await database.run(`
    CREATE TABLE raw (interaction_uuid UUID, interaction_text VARCHAR, user_id VARCHAR, item_id VARCHAR,
      rating DOUBLE, timestamp BIGINT, source VARCHAR, rule UTINYINT, value VARCHAR)`);
  if (paths.length === 0) return;
  await database.run(`
    INSERT INTO raw SELECT ${COLUMNS} FROM read_parquet([${paths.map(literal).join(", ")}])`);
}
