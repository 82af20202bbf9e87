import { join } from "node:path";

import { Database } from "../database/index.ts";
import type { CollectorReport, FileReport } from "../schema/index.ts";
import { Quarantine } from "./check/quarantine.ts";
import { rejectedShareFailures } from "./check/rejected-share.ts";
import { type EncodedSide, encodeSide } from "./features/encoded-side.ts";
import { type Accepted, sortAccepted } from "./read/accepted.ts";
import type { FeatureTable } from "./read/feature-table.ts";
import { readHistories, type Rows } from "./read/histories.ts";
import { openRawFiles, type RawSource } from "./read/raw-files.ts";
import { type RawParts, readAll, type ReadFiles } from "./read/read-all.ts";
import { buildReport } from "./report/build-report.ts";
import type { CollectorRun } from "./run.ts";
import { type Split, splitRows } from "./split/index.ts";

/** Everything that goes into the artefact. The database holds the accepted rows until it is closed. */
export interface Prepared {
  readonly database: Database;
  readonly accepted: Accepted;
  readonly rows: Rows;
  readonly split: Split;
  readonly users: EncodedSide;
  readonly items: EncodedSide;
  readonly timestamps: "none" | "s" | "ms";
  readonly hasSources: boolean;
  /** How `impressions.csv` was read, into the table `shown`; absent when there is none. */
  readonly impressions: FileReport | undefined;
  readonly quarantinePath: string;
  readonly report: CollectorReport;
}

/**
 * Reads, checks and encodes the raw files, and hands the result to `use`.
 *
 * @param source - where the raw files are
 * @param run - the configuration, a scratch folder, and who is told of progress
 * @param use - is given what goes into the artefact
 * @param parts - where several shards have read the interactions already
 * @throws DataError for problems of whole files; bad rows are in the report
 */
export async function prepare<T>(
  source: RawSource,
  run: CollectorRun,
  use: (prepared: Prepared) => Promise<T>,
  parts?: RawParts,
): Promise<T> {
  const { scratchFolder, signal } = run;
  const files = await openRawFiles(source, scratchFolder, signal);
  const { memoryLimitMiB } = run.config.collector;
  const database = await Database.open({
    spillFolder: join(scratchFolder, "duckdb"),
    memoryLimitMiB,
    signal,
  });
  const quarantine = new Quarantine(join(scratchFolder, "quarantine.csv"));
  try {
    const read = await readAll(files, database, quarantine, run, parts);
    quarantine.close();
    return await use(await encode(read, database, quarantine, run));
  } finally {
    quarantine.close();
    database.close();
  }
}

async function encode(
  read: ReadFiles,
  database: Database,
  quarantine: Quarantine,
  run: CollectorRun,
): Promise<Prepared> {
  const { interactions } = read;
  const config = run.config.collector;
  run.report({ activity: "encode users and items" });
  const side = (entity: "item" | "user", table: FeatureTable | undefined): Promise<EncodedSide> =>
    encodeSide(database, entity, table, interactions.ids, interactions.report.file, config);
  const users = await side("user", read.users);
  const items = await side("item", read.items);

  run.report({ activity: "sort and split interactions" });
  const timestamps = interactions.hasTimestamps ? config.timestampUnit : "none";
  const size = { users: users.entities.ids.length, rows: interactions.report.accepted };
  const accepted = await sortAccepted(database, timestamps, interactions.ids);
  const rows = await readHistories(database, size, interactions.hasTimestamps);
  const split = splitRows(rows, items.entities.ids.length, config.split, run.config.training.seed);

  const files = [
    interactions.report,
    read.items.report,
    ...(read.users ? [read.users.report] : []),
    ...(read.impressions ? [read.impressions] : []),
  ];
  const report = await buildReport(database, {
    interactions,
    rows,
    split,
    users,
    items,
    quarantine,
    files,
    decisions: read.decisions,
    warnings: read.warnings,
    failures: rejectedShareFailures(files, interactions.report, config.maxRejectedShare),
    run,
  });
  const { hasSources } = interactions;
  const quarantinePath = quarantine.path;
  return {
    database,
    accepted,
    rows,
    split,
    users,
    items,
    timestamps,
    hasSources,
    impressions: read.impressions,
    quarantinePath,
    report,
  };
}
