import type { CollectorConfig, FeatureColumn, VocabularyToken } from "../../schema/index.ts";
import type { FeatureTable, FeatureValues } from "../read/feature-table.ts";
import { binLabel, binOf, quantileBins } from "./bins.ts";
import { standardise } from "./scale.ts";
import { treatmentOf } from "./treatment.ts";
import { categoryTokens, type ColumnTokens } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

/** A feature table as the model takes it, row for row. */
export interface EncodedFeatures {
  readonly columns: readonly FeatureColumn[];
  readonly vocabulary: readonly VocabularyToken[];
  /** The tokens that column c has in the vocabulary. */
  readonly tokensOfColumn: readonly number[];
  /** The tokens of a row, ascending. */
  readonly tokens: (row: number) => readonly number[];
  /** The int and double columns in file order, scaled; NaN where missing. */
  readonly numbers: readonly Float64Array[];
}

/** Turns features into tokens and scaled numbers. */
export function encodeFeatures(
  table: FeatureTable | undefined,
  config: CollectorConfig["features"],
): EncodedFeatures {
  const columns = table?.columns ?? [];
  const described = columns.map((column) => ({
    name: column.name,
    type: column.type,
    treatment: treatmentOf(column, config.textDistinctShare),
  }));
  const tokens = columns.map((column, at) => tokensOf(column, described[at]!.treatment, config));
  const starts = tokens.map((_, at) =>
    tokens.slice(0, at).reduce((sum, { vocabulary }) => sum + vocabulary.length, 0),
  );
  return {
    columns: described,
    vocabulary: tokens.flatMap(({ vocabulary }) => vocabulary),
    tokensOfColumn: tokens.map(({ vocabulary }) => vocabulary.length),
    tokens: (row) =>
      tokens.flatMap(({ rows }, at) => (rows[row] ?? []).map((token) => starts[at]! + token)),
    numbers: columns.filter(isNumeric).map((column) => standardise(numbersOf(column))),
  };
}

/** The values of an int or double column; NaN where missing. */
export function numbersOf({ values }: FeatureValues): Float64Array {
  return Float64Array.from(values, (value) => (value === null ? NaN : Number(value)));
}

/** Is the column an int or a double? */
export function isNumeric({ type }: FeatureValues): boolean {
  return type === "int" || type === "double";
}

function tokensOf(
  column: FeatureValues,
  treatment: FeatureColumn["treatment"],
  config: CollectorConfig["features"],
): ColumnTokens {
  switch (treatment) {
    case "none":
      return { vocabulary: [], rows: [] };
    case "bins":
      return binTokens(column, config.numberBins);
    case "words":
      return categoryTokens(
        column.name,
        column.values.map((value) => (typeof value === "string" ? wordsOf(value) : [])),
        config,
      );
    case "token":
      return categoryTokens(column.name, column.values.map(categoriesOf), config);
  }
}

function categoriesOf(value: FeatureValues["values"][number]): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? value : [];
}

function binTokens(column: FeatureValues, count: number): ColumnTokens {
  const numbers = numbersOf(column);
  const bins = quantileBins(
    numbers.filter((number) => !Number.isNaN(number)),
    count,
  );
  const counts = new Uint32Array(bins.edges.length + 1);
  const rows = Array.from(numbers, (number) => {
    if (Number.isNaN(number)) return [];
    const bin = binOf(bins, number);
    counts[bin]!++;
    return [bin];
  });
  return {
    vocabulary: Array.from(counts, (rowCount, bin) => ({
      feature: column.name,
      value: binLabel(bins, bin),
      count: rowCount,
    })),
    rows,
  };
}
