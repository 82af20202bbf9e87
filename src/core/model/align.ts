import { DataError, type VocabularyToken } from "../../schema/index.ts";
import { createIdLookup, stringAt, tableSize } from "../../storage/index.ts";
import { nearestBin } from "./nearest-bin.ts";
import type { RowNames } from "./row-names.ts";

/** For each row that the data want, the row of the model's table, or {@link UNKNOWN}. */
export interface AlignedRows {
  /** (I) */
  readonly items: Int32Array;
  /** (F) */
  readonly tokens: Int32Array;
}

/** The model has no such row: it says nothing, so the row is zero. */
export const UNKNOWN = -1;

/**
 * Finds the rows of a model's tables for data that the collector made at another time: an item is known by its
 * id, a token by its feature and value, wherever they stand now; a bin whose bounds have moved is the one that it
 * lies in. What the data no longer have is left out.
 *
 * @throws DataError if the model and the data have nothing in common, or no feature
 */
export function alignRows(
  model: RowNames,
  data: RowNames,
  executions: { readonly model: string; readonly data: string },
): AlignedRows {
  const itemOf = createIdLookup(model.items);
  const items = Int32Array.from(
    { length: tableSize(data.items) },
    (_, item) => itemOf(stringAt(data.items, item)) ?? UNKNOWN,
  );
  const rowOfToken = new Map(model.tokens.map((token, row) => [keyOf(token), row]));
  const binOf = nearestBin(model.tokens);
  const tokens = Int32Array.from(
    data.tokens,
    (token) => rowOfToken.get(keyOf(token)) ?? binOf(token) ?? UNKNOWN,
  );
  const isKnown = (row: number): boolean => row !== UNKNOWN;
  requireFeature(model, data, executions);
  if (!items.some(isKnown) && !tokens.some(isKnown)) {
    throw new DataError(
      { file: `model/${executions.model}` },
      `the model knows no item and no feature's value of processed_data/${executions.data}, ` +
        `which seems to be of another shop; ${TRAIN}`,
    );
  }
  return { items, tokens };
}

const TRAIN = "train a model on these data: execute core without --model";

function keyOf({ feature, value }: VocabularyToken): string {
  return JSON.stringify([feature, value]);
}

/** A model that learned from features cannot tell what an item is from columns that it never saw. */
function requireFeature(
  model: RowNames,
  data: RowNames,
  executions: { readonly model: string; readonly data: string },
): void {
  const wanted = featuresOf(model);
  const present = featuresOf(data);
  if (wanted.size === 0 || [...wanted].some((feature) => present.has(feature))) return;
  const list = (features: ReadonlySet<string>): string => [...features].join(", ");
  throw new DataError(
    { file: `model/${executions.model}/vocabulary.json` },
    `the model learned from the features ${list(wanted)}, of which processed_data/${executions.data} has none ` +
      `(it has: ${list(present) || "no features"}); give the columns their names of then, or ${TRAIN}`,
  );
}

function featuresOf({ tokens }: RowNames): ReadonlySet<string> {
  return new Set(tokens.map(({ feature }) => feature));
}
