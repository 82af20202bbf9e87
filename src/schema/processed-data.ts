import { z } from "zod";

/** The types a feature column may have (Q29–Q32). */
export const FEATURE_TYPES = ["int", "double", "string", "set"] as const;

/** A column of `item_features.csv` or `user_features.csv` other than the id. */
export const FeatureColumn = z.strictObject({
  name: z.string(),
  type: z.enum(FEATURE_TYPES),
  /** How it enters the model; `none` when it is constant or empty. */
  treatment: z.enum(["token", "words", "bins", "none"]),
});
export type FeatureColumn = z.infer<typeof FeatureColumn>;

/** Part of the split a row belongs to, as stored in `part`. */
export const PART = { train: 0, validation: 1, test: 2 } as const;

/**
 * `content` of processed_data's manifest.
 *
 * Beside it in the folder (U users, I items, R accepted rows, F tokens; indices ascend with the id,
 * numerically when every id of the column is a number, else by UTF-8 bytes):
 *
 * - `interactions.safetensors`: rows sorted by user, then timestamp, then file order.
 *   `user_offsets` U32 (U+1), `item` U32 (R), `rating` F32 (R), `part` U8 (R), and with timestamps
 *   `timestamp` F64 (R), Unix seconds.
 * - `interactions.parquet`: the same rows in the same order, with `interaction_id, user_id, item_id,
 *   user_index, item_index, rating, source, timestamp, part`.
 * - `users.safetensors`, `items.safetensors`: `id_offsets` U32 (N+1) and `id_bytes` U8, UTF-8;
 *   `attribute_offsets` U32 (N+1) and `attribute_bytes` U8, the attributes rendered as the inside of a
 *   JSON object ("" or `"age":29,"name":"Player, The"`), int, double, string, set in that order (A8);
 *   `token_offsets` U32 (N+1), `tokens` U32, the feature tokens of each; `numbers` F32 (N, M), the
 *   int and double features scaled to mean 0 and deviation 1, NaN where missing.
 * - `users.parquet`, `items.parquet`: in index order, `user_index, user_id` (`item_index, item_id`) and
 *   the feature columns under their own names: int HUGEINT, double DOUBLE, string VARCHAR, set VARCHAR[].
 * - `impressions.parquet`, only where there is an `impressions.csv`: its accepted rows in file order, with
 *   `impression_id, user_id, item_id, source, timestamp, value` (null where none is given).
 * - `vocabulary.json`: for items and users, per token its feature, value and count.
 * - `quarantine.csv`, `report.json`.
 */
export const ProcessedDataContent = z.strictObject({
  users: z.int().nonnegative(),
  items: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  rejectedRows: z.int().nonnegative(),
  /** Accepted rows of `impressions.csv`. */
  impressions: z.int().nonnegative().default(0),
  hasTimestamps: z.boolean(),
  hasSources: z.boolean(),
  ratings: z.enum(["implicit", "explicit"]),
  /** A rating at or above this is a positive; 1 for implicit ratings. */
  positiveThreshold: z.number(),
  userIds: z.enum(["number", "string"]),
  itemIds: z.enum(["number", "string"]),
  split: z.string(),
  rowsByPart: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
  itemTokens: z.int().nonnegative(),
  userTokens: z.int().nonnegative(),
  itemFeatures: z.array(FeatureColumn),
  userFeatures: z.array(FeatureColumn),
});
export type ProcessedDataContent = z.infer<typeof ProcessedDataContent>;
