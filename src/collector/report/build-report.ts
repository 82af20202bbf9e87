import type { Database } from "../../database/index.ts";
import type { CollectorReport, DataWarning, Decision, FileReport } from "../../schema/index.ts";
import type { Quarantine } from "../check/quarantine.ts";
import type { EncodedSide } from "../features/encoded-side.ts";
import type { Rows } from "../read/histories.ts";
import type { Interactions } from "../read/interactions.ts";
import type { CollectorRun } from "../run.ts";
import type { Split } from "../split/index.ts";
import { featureReports } from "./feature-report.ts";
import { ratingFigures, sourceFigures, timestampFigures } from "./figures.ts";
import { dataWarnings } from "./warnings.ts";

/** What the report is made from. */
export interface ReportInput {
  readonly interactions: Interactions;
  readonly rows: Rows;
  readonly split: Split;
  readonly users: EncodedSide;
  readonly items: EncodedSide;
  readonly quarantine: Quarantine;
  readonly files: readonly FileReport[];
  readonly decisions: readonly Decision[];
  readonly warnings: readonly DataWarning[];
  readonly failures: readonly string[];
  readonly run: CollectorRun;
}

/** Puts the collector's figures, decisions and warnings together. */
export async function buildReport(
  database: Database,
  input: ReportInput,
): Promise<CollectorReport> {
  const { interactions, split, users, items, quarantine, run } = input;
  const { collector } = run.config;
  const ratings = await ratingFigures(database, collector);
  const timestamps = interactions.hasTimestamps
    ? await timestampFigures(database, run.startedAtSeconds)
    : undefined;
  const facts = {
    counts: countsOf(input),
    ratings,
    sources: interactions.hasSources ? await sourceFigures(database) : null,
    itemFeatures: featureReports(items.table, items.encoded),
    userFeatures: featureReports(users.table, users.encoded),
    problems: {
      total: quarantine.total,
      byRule: Object.fromEntries(quarantine.byRule),
      first: quarantine.first,
    },
  };
  return {
    formatVersion: 1,
    files: [...input.files],
    ...facts,
    timestamps:
      timestamps === undefined
        ? null
        : { earliest: timestamps.earliest, latest: timestamps.latest },
    split: { name: collector.split, rowsByPart: split.rowsByPart },
    decisions: [...input.decisions, ...decisionsOf(input, ratings)],
    warnings: [
      ...input.warnings,
      ...dataWarnings({
        ...facts,
        timestamps,
        hasUserFile: users.table !== undefined,
      }),
    ],
    failures: [...input.failures],
  };
}

function countsOf({ rows, split, users, items }: ReportInput): CollectorReport["counts"] {
  const userRows = users.entities.ids.map(
    (_, user) => rows.offsets[user + 1]! - rows.offsets[user]!,
  );
  const itemRows = new Uint32Array(items.entities.ids.length);
  for (const item of rows.item) itemRows[item]!++;
  const without = ({ entities }: EncodedSide): number =>
    entities.featureRow.filter((row) => row < 0).length;
  const cells = userRows.length * itemRows.length;
  return {
    users: userRows.length,
    items: itemRows.length,
    rows: rows.item.length,
    pairs: split.pairs,
    sparsity: cells === 0 ? 0 : 1 - split.pairs / cells,
    usersWithTwoRows: userRows.filter((count) => count >= 2).length,
    usersWithoutRows: userRows.filter((count) => count === 0).length,
    itemsWithoutRows: itemRows.filter((count) => count === 0).length,
    itemsWithoutFeatures: without(items),
    usersWithoutFeatures: without(users),
  };
}

function decisionsOf(
  { users, items, run }: ReportInput,
  ratings: CollectorReport["ratings"],
): Decision[] {
  const { collector } = run.config;
  const ids = (entity: string, { entities, idOutput }: EncodedSide): Decision => ({
    subject: `${entity} ids`,
    decision: `they are written as JSON ${idOutput}s`,
    reason:
      collector.idOutput !== "auto"
        ? "the configuration says so"
        : entities.areNumbers
          ? "every one is an integer within 2^53 − 1"
          : "not every one is an integer within 2^53 − 1",
  });
  const texts = [...items.encoded.columns, ...users.encoded.columns].filter(
    ({ treatment }) => treatment === "words",
  );
  return [
    ids("user", users),
    ids("item", items),
    {
      subject: "ratings",
      decision:
        ratings.kind === "implicit"
          ? "they are implicit: every row is a positive"
          : `they are explicit: a positive is rated at least ${ratings.positiveThreshold}`,
      reason:
        collector.ratings !== "auto"
          ? "the configuration says so"
          : ratings.kind === "implicit"
            ? "all are 1"
            : collector.positiveThreshold === undefined
              ? "not all are 1, and the threshold is their median"
              : "not all are 1, and the configuration sets the threshold",
    },
    ...texts.map(({ name }) => ({
      subject: `feature "${name}"`,
      decision: "it is text and split into words",
      reason: `more than ${100 * collector.features.textDistinctShare} % of its values differ`,
    })),
  ];
}
