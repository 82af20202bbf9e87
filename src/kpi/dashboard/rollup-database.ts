import { rmSync } from "node:fs";
import { join } from "node:path";

import { Database, literal } from "../../database/index.ts";
import { KpiContent } from "../../schema/index.ts";
import { artefactFolder, type Bucket, readManifest } from "../../storage/index.ts";
import { FIRST_CATEGORY, FIRST_SOURCE, SPAN_DAYS } from "../rollup/codes.ts";
import { PERIOD_MACRO } from "./days.ts";

/** What a dashboard may use. */
export interface DashboardOptions {
  /** A folder for copies of a distant bucket's files, and for what does not fit into memory. */
  readonly scratchFolder: string;
  /** @default 128 */
  readonly memoryLimitMiB?: number;
  /** @default 2 */
  readonly threads?: number;
}

/** The rollups of one execution, open for questions. */
export interface Rollups {
  readonly execution: string;
  readonly manifestSha256: string;
  readonly createdAt: string;
  readonly content: KpiContent;
  readonly database: Database;
  /** Lets go of the files, and of copies of them. */
  readonly close: () => void;
}

/** Read again for every tile, and small: kept in memory. */
const TABLES = ["daily", "weeks", "served", "impressions"] as const;
const VIEWS = [
  "active_users",
  "active_items",
  "item_days",
  "item_spans",
  "ratings",
  "first_recsys",
  "catalogue",
  "item_categories",
] as const;

/** Whole spans as such, and the days before the first and after the last of them by themselves. */
const ITEM_COUNTS_MACRO = `
  CREATE MACRO item_counts(since, upto) AS TABLE
  SELECT source, item, interactions FROM item_spans
    WHERE span >= (since + ${SPAN_DAYS - 1}) // ${SPAN_DAYS} AND span < (upto + 1) // ${SPAN_DAYS}
  UNION ALL SELECT source, item, interactions FROM item_days
    WHERE day >= since AND day <= upto AND day < (since + ${SPAN_DAYS - 1}) // ${SPAN_DAYS} * ${SPAN_DAYS}
  UNION ALL SELECT source, item, interactions FROM item_days
    WHERE day >= greatest((since + ${SPAN_DAYS - 1}) // ${SPAN_DAYS}, (upto + 1) // ${SPAN_DAYS}) * ${SPAN_DAYS}
      AND day <= upto`;

/** Opens an execution's rollups; the caller closes them. */
export async function openRollups(
  bucket: Bucket,
  { execution, manifestSha256 }: { readonly execution: string; readonly manifestSha256: string },
  { scratchFolder, memoryLimitMiB = 128, threads = 2 }: DashboardOptions,
): Promise<Rollups> {
  const manifest = await readManifest(bucket, "kpi", execution);
  const content = KpiContent.parse(manifest.content);
  // Of its own, since the rollups before may still be read when these are opened.
  const folder = join(scratchFolder, manifestSha256.slice(0, 16));
  const database = await Database.open({
    spillFolder: join(folder, "duckdb"),
    memoryLimitMiB,
    threads,
    signal: new AbortController().signal,
  });
  const close = (): void => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const open = async (kind: "TABLE" | "VIEW", name: string): Promise<void> => {
      const path = `${artefactFolder("kpi", execution)}/${name}.parquet`;
      const file = await bucket.toLocalFile(path, folder);
      await database.run(`CREATE ${kind} ${name} AS SELECT * FROM read_parquet(${literal(file)})`);
    };
    await database.run("SET parquet_metadata_cache = true");
    for (const name of TABLES) await open("TABLE", name);
    for (const name of VIEWS) await open("VIEW", name);
    await database.run(PERIOD_MACRO);
    await database.run(ITEM_COUNTS_MACRO);
    await nameCodes(database, content);
    const { createdAt } = manifest;
    return { execution, manifestSha256, createdAt, content, database, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Makes the tables of names that a KPI's queries may use. */
async function nameCodes(database: Database, content: KpiContent): Promise<void> {
  await database.run(`
    CREATE TABLE sources (code INTEGER, name VARCHAR);
    INSERT INTO sources VALUES (0, 'all'), (1, 'others');
    CREATE TABLE categories (code INTEGER, name VARCHAR, items BIGINT);
    CREATE TABLE lists (list INTEGER, execution VARCHAR)`);
  for (const [place, { name }] of content.sources.entries()) {
    const code = FIRST_SOURCE + place;
    await database.run("INSERT INTO sources VALUES ($code, $name)", { code, name });
  }
  await database.run("INSERT INTO categories VALUES (0, 'all', $items)", { items: content.items });
  for (const [place, { name, items }] of content.categories.entries()) {
    const code = FIRST_CATEGORY + place;
    await database.run("INSERT INTO categories VALUES ($code, $name, $items)", {
      code,
      name,
      items,
    });
  }
  for (const [list, { execution }] of content.served.entries()) {
    await database.run("INSERT INTO lists VALUES ($list, $execution)", { list, execution });
  }
}
