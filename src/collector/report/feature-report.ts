import type { FeatureReport } from "../../schema/index.ts";
import { type EncodedFeatures, isNumeric, numbersOf } from "../features/encode.ts";
import type { FeatureTable, FeatureValues } from "../read/feature-table.ts";

/** Each feature column in figures. */
export function featureReports(
  table: FeatureTable | undefined,
  encoded: EncodedFeatures,
): FeatureReport[] {
  return (table?.columns ?? []).map((column, at) => ({
    name: column.name,
    type: column.type,
    treatment: encoded.columns[at]!.treatment,
    missing: column.values.filter(isMissing).length,
    distinct: new Set(column.values.filter((value) => value !== null).flat()).size,
    tokens: encoded.tokensOfColumn[at]!,
    ...spread(column),
  }));
}

function isMissing(value: FeatureValues["values"][number]): boolean {
  return value === null || (typeof value === "object" && value.length === 0);
}

function spread(column: FeatureValues): Pick<FeatureReport, "outliers" | "minimum" | "maximum"> {
  const numbers = isNumeric(column)
    ? numbersOf(column)
        .filter((number) => !Number.isNaN(number))
        .sort()
    : new Float64Array(0);
  const quartile = (share: number): number => numbers[Math.floor(share * (numbers.length - 1))]!;
  const [minimum, maximum] = [numbers[0] ?? null, numbers.at(-1) ?? null];
  if (numbers.length === 0) return { outliers: 0, minimum, maximum };
  const [lower, upper] = [quartile(0.25), quartile(0.75)];
  const reach = 3 * (upper - lower);
  const outliers =
    reach === 0
      ? 0
      : numbers.filter((number) => number < lower - reach || number > upper + reach).length;
  return { outliers, minimum, maximum };
}
