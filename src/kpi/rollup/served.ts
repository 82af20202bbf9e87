import type { Database } from "../../database/index.ts";
import { CollectorReport, type KpiContent, Manifest, USER_LISTS } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  createIdLookup,
  ObjectNotFoundError,
  openIndex,
  readEntities,
  stringAt,
} from "../../storage/index.ts";
import { UNATTRIBUTED, YEAR_10000_SECONDS } from "./codes.ts";
import { dayOf } from "./facts.ts";
import { sourceGroupings } from "./groupings.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/** Entries of a list that count: what fits on a screen. */
export const LIST_LENGTH = 10;

/** Lists that are compared, those of the newest data: more bars nobody tells apart, and each takes its time. */
export const MOST_LISTS = 20;
const STAGE = "batch_transform_inference_output";

/** Recommendations that were made from earlier data. */
interface EarlierList {
  readonly execution: string;
  /** The last timestamp of the data it was made from. */
  readonly untilSeconds: number;
}

/**
 * Compares every list of recommendations that is kept with what users did after the data it was made from, and writes
 * `served.parquet`.
 *
 * @returns the lists in the order of their numbers, the oldest data first
 */
export async function writeServed(
  measurement: Measurement,
  bucket: Bucket,
  recsysCode: number | undefined,
): Promise<KpiContent["served"]> {
  const { database, data, missing } = measurement;
  const lists = data.hasTimestamps ? await earlierLists(measurement, bucket) : [];
  await database.run(`
    CREATE TABLE later (list UINTEGER, "user" UINTEGER, source UTINYINT, day INTEGER, hit BOOLEAN)`);
  const compared: EarlierList[] = [];
  for (const list of lists) {
    const rows = await compare(measurement, bucket, list, compared.length);
    if (rows > 0) compared.push(list);
  }
  if (compared.length === 0) {
    missing.push({
      what: "served",
      why: data.hasTimestamps
        ? "no kept recommendations were made from earlier data than this; there are figures once the collector has run again with newer interactions"
        : "the interactions have no timestamps, so that what came after the recommendations is unknown",
    });
  }
  const parts = [false, true].flatMap((hit) =>
    sourceGroupings(recsysCode).map(
      ({ where, code }) => `
        SELECT list, ${hit} AS hit, source, day, previous_day, count(*) AS users,
          sum(n)::BIGINT AS interactions
        FROM (
          SELECT list, source, day, n,
            lag(day) OVER (PARTITION BY list, source, "user" ORDER BY day) AS previous_day
          FROM (SELECT list, ${code} AS source, "user", day, count(*) AS n FROM later
            WHERE ${where} AND ${hit ? "hit" : "true"} GROUP BY ALL)
        ) GROUP BY ALL`,
    ),
  );
  await writeRollup(
    measurement,
    "served.parquet",
    `${parts.join(" UNION ALL ")} ORDER BY list, hit, source, day, previous_day NULLS FIRST`,
  );
  await database.run("DROP TABLE later");
  return compared.map(({ execution, untilSeconds }) => ({
    execution,
    dataUntil: new Date(Math.floor(untilSeconds) * 1000).toISOString(),
  }));
}

/** The kept recommendations whose data is kept too and ends before this; the oldest data first. */
async function earlierLists(
  { database }: Measurement,
  bucket: Bucket,
): Promise<readonly EarlierList[]> {
  const [latest] = await database.row(
    `SELECT max(timestamp) FROM interactions WHERE timestamp < ${YEAR_10000_SECONDS}`,
  );
  const lists: EarlierList[] = [];
  for (const { path } of await bucket.list(`${STAGE}/`)) {
    const [, execution, file, ...deeper] = path.split("/");
    if (execution === undefined || file !== "manifest.json" || deeper.length > 0) continue;
    const { inputs } = Manifest.parse(await readJson(bucket, path));
    const madeFrom = inputs["processed_data"];
    const until = madeFrom === undefined ? undefined : await lastTimestamp(bucket, madeFrom);
    // Null without a usable time: then nothing is later than anything.
    if (until === undefined || until >= Number(latest)) continue;
    lists.push({ execution, untilSeconds: until });
  }
  return lists
    .sort((a, b) => a.untilSeconds - b.untilSeconds || (a.execution < b.execution ? -1 : 1))
    .slice(-MOST_LISTS);
}

async function lastTimestamp(bucket: Bucket, execution: string): Promise<number | undefined> {
  try {
    const path = `${artefactFolder("processed_data", execution)}/report.json`;
    return CollectorReport.parse(await readJson(bucket, path)).timestamps?.latest;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined; // removed by hand, or the artefact is not whole
    throw error;
  }
}

async function readJson(bucket: Bucket, path: string): Promise<unknown> {
  return JSON.parse(Buffer.from(await bucket.read(path)).toString("utf8"));
}

/**
 * Adds the rows that are newer than the list's data, of the users whom it knows, to `later`.
 *
 * @returns how many there are
 */
async function compare(
  { database }: Measurement,
  bucket: Bucket,
  { execution, untilSeconds }: EarlierList,
  number: number,
): Promise<number> {
  const newer = `timestamp > ${untilSeconds} AND timestamp < ${YEAR_10000_SECONDS}`;
  await database.run(`
    CREATE TABLE known ("user" UINTEGER);
    CREATE TABLE recommended ("user" UINTEGER, item_id VARCHAR)`);
  await fillRecommended(bucket, execution, newer, database);
  await database.run(`
    INSERT INTO later
    SELECT ${number}, i.user_index, s.code, ${dayOf("timestamp")}, r.item_id IS NOT NULL
    FROM interactions AS i
      JOIN known AS k ON k."user" = i.user_index
      JOIN sources AS s ON s.name = coalesce(i.source, '${UNATTRIBUTED}')
      LEFT JOIN recommended AS r ON r."user" = i.user_index AND r.item_id = i.item_id
    WHERE ${newer};
    DROP TABLE known; DROP TABLE recommended`);
  const [rows] = await database.row(`SELECT count(*)::DOUBLE FROM later WHERE list = ${number}`);
  return Number(rows);
}

/** Fills `known` with the users who have rows after the list's data and whom it knows, `recommended` with what it had for them. */
async function fillRecommended(
  bucket: Bucket,
  execution: string,
  newer: string,
  database: Database,
): Promise<void> {
  const folder = artefactFolder(STAGE, execution);
  const users = await readEntities(bucket, `${folder}/users.safetensors`);
  const items = await readEntities(bucket, `${folder}/items.safetensors`);
  const rowOf = createIdLookup(users.ids);
  const index = await openIndex(bucket, `${folder}/users.index`);
  const known = await database.connection.createAppender("known");
  const recommended = await database.connection.createAppender("recommended");
  try {
    const active = await database.rows(
      `SELECT DISTINCT user_index, user_id FROM interactions WHERE ${newer}`,
    );
    for (const [user, userId] of active) {
      const row = rowOf(String(userId));
      if (row === undefined) continue;
      known.appendUInteger(Number(user));
      known.endRow();
      // Row 0 of the index is the cold user's.
      const list = await index.readList(row + 1, USER_LISTS.novel, Math.min(LIST_LENGTH, index.k));
      for (const item of list.indices.subarray(0, list.count)) {
        recommended.appendUInteger(Number(user));
        recommended.appendVarchar(stringAt(items.ids, item));
        recommended.endRow();
      }
    }
  } finally {
    known.closeSync();
    recommended.closeSync();
    await index.close();
  }
}
