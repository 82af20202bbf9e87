/** The folder of the bucket's prefix that the owner's files are put into (Q46). */
export const RAW_FOLDER = "raw_data";

/** Names of the raw files (Q12, Q26, Q38, A9). A `.csv` may be gzip'd instead, as `.csv.gz`. */
export const RAW_FILES = {
  interactions: "user_item_interactions.csv",
  itemFeatures: "item_features.csv",
  itemDescription: "item_features_description.json",
  userFeatures: "user_features.csv",
  userDescription: "user_features_description.json",
  impressions: "impressions.csv",
} as const;

/** Those that must be there. */
export const REQUIRED_RAW_FILES: readonly string[] = [
  RAW_FILES.interactions,
  RAW_FILES.itemFeatures,
  RAW_FILES.itemDescription,
];

/** The names that a raw file may have, one of which is in use: as it is, and packed. */
export function rawFileForms(name: string): readonly string[] {
  return name.endsWith(".csv") ? [name, `${name}.gz`] : [name];
}

/** Columns of `user_item_interactions.csv` that must be there (Q13–Q16). */
export const REQUIRED_INTERACTION_COLUMNS = [
  "interaction_id",
  "user_id",
  "item_id",
  "rating",
] as const;

/** All columns of `user_item_interactions.csv`, in the order that the documentation's example has (A2). */
export const INTERACTION_COLUMNS = [
  ...REQUIRED_INTERACTION_COLUMNS,
  "source",
  "timestamp",
] as const;
export type InteractionColumn = (typeof INTERACTION_COLUMNS)[number];

/** Columns of `impressions.csv` that must be there, in the order that they have without a header. */
export const REQUIRED_IMPRESSION_COLUMNS = [
  "impression_id",
  "user_id",
  "item_id",
  "timestamp",
  "source",
] as const;

/** All columns of `impressions.csv`. */
export const IMPRESSION_COLUMNS = [...REQUIRED_IMPRESSION_COLUMNS, "value"] as const;
export type ImpressionColumn = (typeof IMPRESSION_COLUMNS)[number];
