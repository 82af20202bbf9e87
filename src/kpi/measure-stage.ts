import { join } from "node:path";

import { Database, literal } from "../database/index.ts";
import { type KpiContent, ProcessedDataContent, type StageRun } from "../schema/index.ts";
import { artefactFolder, ArtefactWriter, type Bucket, readManifest } from "../storage/index.ts";
import { writeActive } from "./rollup/active.ts";
import { writeCatalogue } from "./rollup/catalogue.ts";
import { DAY_SECONDS, FIRST_SOURCE, RECSYS } from "./rollup/codes.ts";
import { writeDaily } from "./rollup/daily.ts";
import { type Extent, readFacts } from "./rollup/facts.ts";
import { writeImpressions } from "./rollup/impressions.ts";
import type { Measurement } from "./rollup/measurement.ts";
import { writeRatings } from "./rollup/ratings.ts";
import { writeServed } from "./rollup/served.ts";
import { numberSources } from "./rollup/sources.ts";
import { writeFirstRecsys, writeWeeks } from "./rollup/users-over-time.ts";

/**
 * Sums the execution's processed data up for the dashboard: `processed_data/<execution>/` → `kpi/<execution>/`. Does
 * not publish what it wrote.
 *
 * @throws DataError if the configuration names a category feature that the items do not have
 */
export async function measureStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, scratchFolder, signal } = run;
  const manifest = await readManifest(bucket, "processed_data", execution);
  const database = await Database.open({
    spillFolder: join(scratchFolder, "duckdb"),
    memoryLimitMiB: run.config.collector.memoryLimitMiB,
    signal,
  });
  try {
    const artefact = new ArtefactWriter(bucket, "kpi", execution);
    const measurement: Measurement = {
      database,
      artefact,
      scratchFolder,
      data: ProcessedDataContent.parse(manifest.content),
      missing: [],
    };
    const hasImpressions = "impressions.parquet" in manifest.files;
    await openTables(database, bucket, run, hasImpressions);
    const content = await writeRollups(measurement, bucket, run, hasImpressions);
    await artefact.finish({
      createdAtSeconds: run.startedAtSeconds,
      inputs: { processed_data: execution },
      content,
    });
  } finally {
    database.close();
  }
}

/** The processed data as views of the database. */
async function openTables(
  database: Database,
  bucket: Bucket,
  { execution, scratchFolder }: StageRun,
  hasImpressions: boolean,
): Promise<void> {
  const names = ["interactions", "users", "items", ...(hasImpressions ? ["impressions"] : [])];
  for (const name of names) {
    const path = `${artefactFolder("processed_data", execution)}/${name}.parquet`;
    const file = literal(await bucket.toLocalFile(path, scratchFolder));
    const number = name === "interactions" ? ", file_row_number = true" : "";
    await database.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet(${file}${number})`);
  }
}

async function writeRollups(
  measurement: Measurement,
  bucket: Bucket,
  run: StageRun,
  hasImpressions: boolean,
): Promise<KpiContent> {
  const { data, missing } = measurement;
  const step = (activity: string): void => {
    run.report({ activity });
  };
  step("read interactions");
  const sources = await numberSources(measurement, hasImpressions);
  const recsysCode = sources[0]?.name === RECSYS ? FIRST_SOURCE : undefined;
  const facts = await readFacts(measurement);
  const catalogue = await writeCatalogue(measurement, run.config.dashboard.categoryFeature);
  step("sum up interactions");
  await writeDaily(measurement, recsysCode);
  await writeRatings(measurement, recsysCode);
  step("count active users");
  await writeActive(measurement, "user", recsysCode);
  step("count active items");
  await writeActive(measurement, "item", recsysCode);
  step("follow users over time");
  await writeFirstRecsys(measurement, recsysCode);
  await writeWeeks(measurement, recsysCode);
  step("compare earlier recommendations with what came after");
  const served = await writeServed(measurement, bucket, recsysCode);
  step("sum up impressions");
  const impressions = await writeImpressions(measurement, hasImpressions, recsysCode);
  return {
    ...extent(data.hasTimestamps, facts, impressions),
    hasTimestamps: data.hasTimestamps,
    interactions: facts.rows,
    users: data.users,
    items: data.items,
    impressions: impressions?.rows ?? 0,
    sources,
    ...catalogue,
    served,
    missing,
  };
}

/** The days that the interactions and the impressions lie between. */
function extent(
  hasTimestamps: boolean,
  facts: Extent,
  impressions: Extent | undefined,
): Pick<KpiContent, "firstDay" | "lastDay"> {
  if (!hasTimestamps || facts.rows === 0) return { firstDay: null, lastDay: null };
  const date = (day: number): string =>
    new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  return {
    firstDay: date(Math.min(facts.firstDay, impressions?.firstDay ?? Infinity)),
    lastDay: date(Math.max(facts.lastDay, impressions?.lastDay ?? -Infinity)),
  };
}
