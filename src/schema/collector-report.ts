import { z } from "zod";

import { FEATURE_TYPES, FeatureColumn } from "./processed-data.ts";

/** The rules that set a row aside. */
export const RULES = [
  "column_count",
  "quotes",
  "encoding",
  "missing_id",
  "bad_rating",
  "bad_timestamp",
  "bad_value",
  "bad_set",
  "wrong_type",
  "duplicate_interaction",
  "duplicate_item",
  "duplicate_user",
  "duplicate_impression",
] as const;
export type Rule = (typeof RULES)[number];

/** One quarantined row: a line of `quarantine.csv`. */
export const RowProblem = z.strictObject({
  file: z.string(),
  /** Physical line on which the row begins, from 1. */
  line: z.int().positive(),
  /** Name of the column; empty when the row as a whole is wrong. */
  column: z.string(),
  rule: z.enum(RULES),
  /** What was got, cut to 200 characters. */
  value: z.string(),
  whatToDo: z.string(),
});
export type RowProblem = z.infer<typeof RowProblem>;

/** How one CSV file was read. `records = accepted + rejected`, always. */
export const FileReport = z.strictObject({
  file: z.string(),
  header: z.boolean(),
  columns: z.array(z.string()),
  records: z.int().nonnegative(),
  accepted: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
});
export type FileReport = z.infer<typeof FileReport>;

/** What was decided about the data that its files do not say themselves. */
export const Decision = z.strictObject({
  subject: z.string(),
  decision: z.string(),
  reason: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** A property of the data that hurts recommendations or their analysis, though every row is valid. */
export const DataWarning = z.strictObject({
  code: z.string(),
  words: z.string(),
  figure: z.number(),
  threshold: z.number(),
  whatToDo: z.string(),
});
export type DataWarning = z.infer<typeof DataWarning>;

/** A feature column in figures. */
export const FeatureReport = z.strictObject({
  name: z.string(),
  type: z.enum(FEATURE_TYPES),
  treatment: FeatureColumn.shape.treatment,
  /** Rows with no value. */
  missing: z.int().nonnegative(),
  /** Different values; of a set, different members. */
  distinct: z.int().nonnegative(),
  /** Tokens it has in the vocabulary. */
  tokens: z.int().nonnegative(),
  /** Values further than 3 interquartile ranges outside the quartiles (Tukey's "far out"). */
  outliers: z.int().nonnegative(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
});
export type FeatureReport = z.infer<typeof FeatureReport>;

/** `report.json` of processed_data: what the collector found in the raw files. */
export const CollectorReport = z.strictObject({
  formatVersion: z.literal(1),
  files: z.array(FileReport),
  counts: z.strictObject({
    users: z.int().nonnegative(),
    items: z.int().nonnegative(),
    rows: z.int().nonnegative(),
    /** Different (user, item) pairs among the rows. */
    pairs: z.int().nonnegative(),
    /** 1 − pairs / (users · items). */
    sparsity: z.number(),
    usersWithTwoRows: z.int().nonnegative(),
    usersWithoutRows: z.int().nonnegative(),
    itemsWithoutRows: z.int().nonnegative(),
    /** Items of the interactions that `item_features.csv` does not list (A19). */
    itemsWithoutFeatures: z.int().nonnegative(),
    usersWithoutFeatures: z.int().nonnegative(),
  }),
  ratings: z.strictObject({
    kind: z.enum(["implicit", "explicit"]),
    minimum: z.number(),
    maximum: z.number(),
    mean: z.number(),
    median: z.number(),
    positiveThreshold: z.number(),
    positives: z.int().nonnegative(),
    outliers: z.int().nonnegative(),
  }),
  /** Unix seconds; null without a `timestamp` column. */
  timestamps: z.strictObject({ earliest: z.number(), latest: z.number() }).nullable(),
  /** The 20 most frequent sources; null without a `source` column. */
  sources: z.array(z.strictObject({ source: z.string(), rows: z.int() })).nullable(),
  itemFeatures: z.array(FeatureReport),
  userFeatures: z.array(FeatureReport),
  split: z.strictObject({
    name: z.string(),
    rowsByPart: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
  }),
  decisions: z.array(Decision),
  warnings: z.array(DataWarning),
  problems: z.strictObject({
    total: z.int().nonnegative(),
    byRule: z.partialRecord(z.enum(RULES), z.int()),
    first: z.array(RowProblem),
  }),
  /** Why the run cannot go on with these files; empty when it can. */
  failures: z.array(z.string()),
});
export type CollectorReport = z.infer<typeof CollectorReport>;
