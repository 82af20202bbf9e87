import { z } from "zod";

/** How raw files are read, checked, turned into features and split. */
export const CollectorConfig = z.strictObject({
  /** Is the first row of a CSV file a header? `auto` decides per file (A1). */
  header: z.enum(["auto", "present", "absent"]).default("auto"),
  /** Unit of the `timestamp` column. Never guessed: a wrong unit only warns (A3). */
  timestampUnit: z.enum(["s", "ms"]).default("s"),
  /** Are ids written as JSON numbers or strings? `auto` decides per id column (A4). */
  idOutput: z.enum(["auto", "number", "string"]).default("auto"),
  /** Are ratings all-ones events or scores on a scale? `auto` decides (A21). */
  ratings: z.enum(["auto", "implicit", "explicit"]).default("auto"),
  /** An explicit rating at or above this is a positive; by default the global median (A21). */
  positiveThreshold: z.number().optional(),
  /** The run fails when more than this share of a file's rows is quarantined. */
  maxRejectedShare: z.number().min(0).max(1).default(0.01),
  /** How interactions are divided into training, validation and test rows. */
  split: z.enum(["per-user", "leave-last-out", "global-time"]).default("per-user"),
  features: z
    .strictObject({
      /** A string column with a larger share of distinct values is split into words (A7). */
      textDistinctShare: z.number().min(0).max(1).default(0.5),
      /** A feature value carried by fewer items than this is left out of the vocabulary. */
      minTokenItems: z.int().positive().default(2),
      /** At most this many values of one feature enter the vocabulary, the most frequent first. */
      maxTokens: z.int().positive().default(50_000),
      /** Quantile bins of an `int` or `double` feature. */
      numberBins: z.int().min(2).max(256).default(16),
    })
    .prefault({}),
  /** Memory that DuckDB may use before it spills to disk. */
  memoryLimitMiB: z.int().min(256).default(1536),
});
export type CollectorConfig = z.infer<typeof CollectorConfig>;
