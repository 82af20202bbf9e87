import {
  type CollectorReport,
  DataError,
  type ProcessedDataContent,
  RAW_FOLDER,
  type StageRun,
  type Vocabulary,
} from "../schema/index.ts";
import { artefactFolder, ArtefactWriter, type Bucket } from "../storage/index.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { RawParts } from "./read/read-all.ts";
import { problemLines } from "./report/report-lines.ts";
import { collectShard } from "./shards/collect-shard.ts";
import { partsFolder, readInteractionParts } from "./shards/interaction-part.ts";
import { writeEntityTable, writeEntityTensors } from "./write-entities.ts";
import { writeImpressionTable } from "./write-impressions.ts";
import { writeInteractionTable, writeInteractionTensors } from "./write-interactions.ts";

/**
 * The collector: `raw_data/` → `processed_data/<execution>/`. Does not publish what it wrote. One of several shards
 * reads and checks its part of the interactions only; {@link assembleStage} does the rest.
 *
 * @throws DataError if a file cannot be used or too many of its rows are bad; in the latter case
 *   `quarantine.csv` and `report.json` are written all the same
 */
export async function collectStage(bucket: Bucket, run: StageRun): Promise<void> {
  if (run.shard.count > 1) await collectShard(bucket, run);
  else await collect(bucket, run);
}

/**
 * Joins what the collector's shards have read → `processed_data/<execution>/`, the same bytes for any number of them:
 * what concerns rows of different shards (duplicates, the numbers of users and items, the order) is settled here.
 *
 * @throws DataError as {@link collectStage}, and if a raw file has changed meanwhile
 */
export async function assembleStage(bucket: Bucket, run: StageRun): Promise<void> {
  const folder = partsFolder(run.execution);
  const manifest = `${artefactFolder("processed_data", run.execution)}/manifest.json`;
  if ((await bucket.head(manifest)) === undefined) {
    const shards = run.config.instances.collector.instanceCount;
    await collect(bucket, run, (database, file, quarantine) => {
      run.report({ activity: "join the shards" });
      return readInteractionParts(bucket, run, shards, database, file, quarantine);
    });
  }
  await bucket.removeAll(folder); // also after a kill between the manifest and here
}

async function collect(bucket: Bucket, run: StageRun, parts?: RawParts): Promise<void> {
  const artefact = new ArtefactWriter(bucket, "processed_data", run.execution);
  const source = { bucket, prefix: `${RAW_FOLDER}/` };
  const use = async (prepared: Prepared): Promise<void> => {
    await artefact.upload("quarantine.csv", prepared.quarantinePath);
    await artefact.write("report.json", JSON.stringify(prepared.report, null, 2));
    throwIfUnusable(prepared.report);
    await writeData(artefact, prepared, run);
  };
  await prepare(source, run, use, parts);
}

function throwIfUnusable(report: CollectorReport): void {
  if (report.failures.length === 0) return;
  throw new DataError(
    { file: RAW_FOLDER },
    [...report.failures, ...problemLines(report)].join("\n"),
  );
}

async function writeData(
  artefact: ArtefactWriter,
  prepared: Prepared,
  run: StageRun,
): Promise<void> {
  const { database, accepted, rows, split, users, items, report } = prepared;
  const { scratchFolder } = run;
  run.report({ activity: "write processed data" });
  await writeInteractionTensors(artefact, rows, split.part, report.ratings.kind);
  for (const side of [users, items]) {
    await writeEntityTensors(artefact, side);
    await writeEntityTable(artefact, database, side, scratchFolder);
  }
  const vocabulary: Vocabulary = {
    items: [...items.encoded.vocabulary],
    users: [...users.encoded.vocabulary],
  };
  await artefact.write("vocabulary.json", JSON.stringify(vocabulary));
  run.report({ activity: "write interactions.parquet" });
  await writeInteractionTable(artefact, database, accepted, split.part, scratchFolder);
  if (prepared.impressions !== undefined) {
    run.report({ activity: "write impressions.parquet" });
    const { timestampUnit } = run.config.collector;
    await writeImpressionTable(artefact, database, timestampUnit, scratchFolder);
  }
  run.signal.throwIfAborted();
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs: {},
    content: contentOf(prepared, run),
  });
}

function contentOf(
  { rows, split, users, items, timestamps, hasSources, impressions, report }: Prepared,
  run: StageRun,
): ProcessedDataContent {
  return {
    users: users.entities.ids.length,
    items: items.entities.ids.length,
    rows: rows.item.length,
    rejectedRows: report.problems.total,
    impressions: impressions?.accepted ?? 0,
    hasTimestamps: timestamps !== "none",
    hasSources,
    ratings: report.ratings.kind,
    positiveThreshold: report.ratings.positiveThreshold,
    userIds: users.idOutput,
    itemIds: items.idOutput,
    split: run.config.collector.split,
    rowsByPart: split.rowsByPart,
    itemTokens: items.encoded.vocabulary.length,
    userTokens: users.encoded.vocabulary.length,
    itemFeatures: [...items.encoded.columns],
    userFeatures: [...users.encoded.columns],
  };
}
