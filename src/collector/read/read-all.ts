import { join } from "node:path";

import type { Database } from "../../database/index.ts";
import type { DataWarning, Decision, FileReport } from "../../schema/index.ts";
import type { Quarantine } from "../check/quarantine.ts";
import { StructureProblems } from "../check/structure.ts";
import { byteMeter, type CollectorRun } from "../run.ts";
import { sampleRecords } from "./blocks.ts";
import { type Entity, readDescription } from "./description.ts";
import {
  type FeatureLayout,
  featureLayout,
  type FeatureTable,
  readFeatures,
} from "./feature-table.ts";
import { type ImpressionLayout, impressionLayout } from "./impression-layout.ts";
import { readImpressions } from "./impressions.ts";
import { type InteractionLayout, interactionLayout } from "./interaction-layout.ts";
import { checkInteractions, type Interactions, type RawTable, tableRaw } from "./interactions.ts";
import { toPlainFile } from "./plain-file.ts";
import type { FeatureFiles, LocalFile, RawFiles } from "./raw-files.ts";
import { WRITTEN_IDS } from "./raw-ids.ts";

/** The raw files, read: interactions in the database, features in memory, bad rows in the quarantine. */
export interface ReadFiles {
  readonly interactions: Interactions;
  readonly items: FeatureTable;
  readonly users: FeatureTable | undefined;
  /** How `impressions.csv` was read; absent when there is none. */
  readonly impressions: FileReport | undefined;
  readonly decisions: readonly Decision[];
  readonly warnings: readonly DataWarning[];
}

/** Fills the table `raw` from elsewhere than the file: from what several shards have read of it. */
export type RawParts = (
  database: Database,
  file: LocalFile,
  quarantine: Quarantine,
) => Promise<RawTable>;

interface Layouts {
  readonly interactions: InteractionLayout;
  readonly items: FeatureLayout;
  readonly users: FeatureLayout | undefined;
  readonly impressions: ImpressionLayout | undefined;
}

/** @throws DataError with all problems of whole files */
export async function readAll(
  files: RawFiles,
  database: Database,
  quarantine: Quarantine,
  run: CollectorRun,
  parts?: RawParts,
): Promise<ReadFiles> {
  const { signal } = run;
  const layouts = await findLayouts(files, run);
  const features = (layout: FeatureLayout): Promise<FeatureTable> =>
    readFeatures(layout, quarantine, {
      signal,
      onBytes: byteMeter(run, `read ${layout.entity}s`, layout.file.bytes),
    });
  const items = await features(layouts.items);
  const users = layouts.users === undefined ? undefined : await features(layouts.users);
  const file = files.interactions;
  const read =
    parts === undefined
      ? await readRaw(file, layouts.interactions, database, quarantine, run)
      : await parts(database, file, quarantine);
  const interactions = await checkInteractions(
    database,
    file,
    read,
    layouts.interactions,
    quarantine,
  );
  return {
    interactions,
    items,
    users,
    impressions: await readShown(files, layouts, database, quarantine, run),
    decisions: [
      ...layouts.interactions.decisions,
      layouts.items.decision,
      ...(layouts.users === undefined ? [] : [layouts.users.decision]),
      ...(layouts.impressions === undefined ? [] : [layouts.impressions.decision]),
    ],
    warnings: [...layouts.interactions.warnings, ...(layouts.impressions?.warnings ?? [])],
  };
}

async function readRaw(
  file: LocalFile,
  layout: InteractionLayout,
  database: Database,
  quarantine: Quarantine,
  run: CollectorRun,
): Promise<RawTable> {
  const plain = await toPlainFile(
    file,
    layout,
    join(run.scratchFolder, "interactions.plain"),
    quarantine,
    { signal: run.signal, onBytes: byteMeter(run, "scan interactions", file.bytes) },
  );
  run.report({ activity: "check interactions", total: plain.rows, unit: "rows" });
  await tableRaw(database, file, plain, layout);
  return { ...plain, ids: WRITTEN_IDS };
}

async function readShown(
  { impressions: file }: RawFiles,
  { impressions: layout }: Layouts,
  database: Database,
  quarantine: Quarantine,
  run: CollectorRun,
): Promise<FileReport | undefined> {
  if (file === undefined || layout === undefined) return undefined;
  const plain = await toPlainFile(
    file,
    layout,
    join(run.scratchFolder, "impressions.plain"),
    quarantine,
    { signal: run.signal, onBytes: byteMeter(run, "scan impressions", file.bytes) },
  );
  run.report({ activity: "check impressions", total: plain.rows, unit: "rows" });
  return readImpressions(database, file, plain, layout, quarantine);
}

/** Finds out how each file is laid out, before any is read as a whole. */
export async function findLayouts(files: RawFiles, run: CollectorRun): Promise<Layouts> {
  const { signal } = run;
  const { header } = run.config.collector;
  const problems = new StructureProblems();
  const layoutOf = async (
    { features, description }: FeatureFiles,
    entity: Entity,
  ): Promise<FeatureLayout | undefined> => {
    const columns = await readDescription(description, entity, problems);
    return columns && featureLayout(features, entity, columns, header, problems, signal);
  };
  const items = await layoutOf(files.items, "item");
  const users = files.users && (await layoutOf(files.users, "user"));
  const sample = await sampleRecords(files.interactions, signal);
  const interactions = problems.attempt(() =>
    interactionLayout(files.interactions.name, sample, header),
  );
  const { impressions: shown } = files;
  const shownSample = shown && (await sampleRecords(shown, signal));
  const impressions =
    shown && problems.attempt(() => impressionLayout(shown.name, shownSample!, header));
  problems.throwIfAny();
  return { interactions: interactions!, items: items!, users, impressions };
}
