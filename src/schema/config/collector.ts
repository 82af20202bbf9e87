import { z } from "zod";

/** How raw files are read, checked, turned into features and split (A1–A4, A7, A21). */
export const CollectorConfig = z.strictObject({
  header: z.enum(["auto", "present", "absent"]).default("auto").meta({
    title: "Header row",
    description: "Is the first row of a CSV file a header? `auto` looks at each file.",
  }),
  timestampUnit: z.enum(["s", "ms"]).default("s").meta({
    title: "Timestamp unit",
    description:
      "Unit of the `timestamp` column. It is never guessed; one that looks wrong is warned about.",
  }),
  idOutput: z.enum(["auto", "number", "string"]).default("auto").meta({
    title: "Ids in answers",
    description:
      "Are ids numbers or strings in answers? `auto`: numbers where every id of the column is one.",
  }),
  ratings: z.enum(["auto", "implicit", "explicit"]).default("auto").meta({
    title: "Kind of ratings",
    description: "`auto`: implicit when every rating is 1, else explicit.",
  }),
  positiveThreshold: z.number().optional().meta({
    title: "Positive from rating",
    description:
      "An explicit rating of at least this is a positive. Without it: the median of all ratings.",
  }),
  maxRejectedShare: z.number().min(0).max(1).default(0.01).meta({
    title: "Rejected rows allowed",
    description: "The run fails when a larger share of a file's rows is set aside.",
  }),
  split: z.enum(["per-user", "leave-last-out", "global-time"]).default("per-user").meta({
    title: "Split",
    description: "How rows become training, validation and test rows.",
  }),
  features: z
    .strictObject({
      textDistinctShare: z.number().min(0).max(1).default(0.5).meta({
        title: "Text from distinct share",
        description: "A string column with a larger share of distinct values is split into words.",
      }),
      minTokenItems: z.int().positive().default(2).meta({
        title: "Items of a feature value",
        description: "A feature value of fewer items than this stays out of the vocabulary.",
      }),
      maxTokens: z.int().positive().default(50_000).meta({
        title: "Values of a feature",
        description: "Values of one feature in the vocabulary at most; the frequent first.",
      }),
      numberBins: z.int().min(2).max(256).default(16).meta({
        title: "Bins of a number",
        description: "Quantile bins of an `int` or `double` feature.",
      }),
    })
    .prefault({}),
  memoryLimitMiB: z.int().min(256).default(1536).meta({
    title: "Memory limit (MiB)",
    description: "What DuckDB may use before it spills to disk.",
  }),
  maxUploadMiB: z.int().min(1).default(16_384).meta({
    title: "Largest upload (MiB)",
    description: "Size of a raw file that the panel takes at most.",
  }),
});
export type CollectorConfig = z.infer<typeof CollectorConfig>;
