import type { Bucket } from "../../storage/index.ts";
import { alignRows, UNKNOWN } from "./align.ts";
import { readModelCard } from "./model-file.ts";
import { dataRowNames, modelRowNames } from "./row-names.ts";

/** How much of some data a model knows. */
export interface KnownRows {
  readonly items: number;
  /** Those with an ID row of the model's; the others are known by their features alone. */
  readonly knownItems: number;
  /** Values of features; none for a model without features. */
  readonly tokens: number;
  readonly knownTokens: number;
}

/** Counts what the model of one execution knows of the processed data of another. */
export async function knownRows(
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
): Promise<KnownRows> {
  const { settings } = await readModelCard(bucket, executions.model);
  const model = await modelRowNames(bucket, executions.model);
  const data = await dataRowNames(bucket, executions.data, settings.useFeatures);
  const { items, tokens } = alignRows(model, data, executions);
  const known = (rows: Int32Array): number => rows.filter((row) => row !== UNKNOWN).length;
  return {
    items: items.length,
    knownItems: known(items),
    tokens: tokens.length,
    knownTokens: known(tokens),
  };
}
