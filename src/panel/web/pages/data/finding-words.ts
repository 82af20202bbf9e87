import type { CollectorReport } from "../../../../schema/index.ts";
import { percent, whole } from "../../format/numbers.ts";

/** The rules by which rows are set aside, in words; a rule that is not named here is shown by its own name. */
const RULE_WORDS: ReadonlyMap<string, string> = new Map([
  ["column_count", "Too many or too few columns"],
  ["quotes", "Quotes that do not close"],
  ["encoding", "Not UTF-8"],
  ["missing_id", "An id is missing"],
  ["bad_rating", "The rating is not a number"],
  ["bad_timestamp", "The timestamp is not a time"],
  ["bad_value", "The value is not a number"],
  ["bad_set", "Not a list"],
  ["wrong_type", "Not of the column's type"],
  ["duplicate_interaction", "The interaction is there twice"],
  ["duplicate_item", "The item is there twice"],
  ["duplicate_user", "The user is there twice"],
  ["duplicate_impression", "The impression is there twice"],
]);

/** A rule in words. */
export function ruleWords(rule: string): string {
  return RULE_WORDS.get(rule) ?? rule;
}

/** The headline counts of a report, in the order in which one reads them. */
export function countsOf({
  counts,
  ratings,
  sources,
}: CollectorReport): readonly { readonly label: string; readonly value: string }[] {
  const range = `${ratings.minimum} to ${ratings.maximum}`;
  return [
    { label: "Users", value: whole(counts.users) },
    { label: "Items", value: whole(counts.items) },
    { label: "Interactions", value: whole(counts.rows) },
    { label: "Pairs without an interaction", value: percent(counts.sparsity, 2) },
    {
      label: "Ratings",
      value: ratings.kind === "implicit" ? "implicit (all 1)" : `explicit, ${range}`,
    },
    { label: "Positives", value: whole(ratings.positives) },
    { label: "Items without interactions", value: whole(counts.itemsWithoutRows) },
    { label: "Items without features", value: whole(counts.itemsWithoutFeatures) },
    ...(sources === null ? [] : [{ label: "Sources", value: sourcesOf(sources) }]),
  ];
}

/** Rules with the rows that each has set aside, the most first. */
export function rulesOf({
  problems,
}: CollectorReport): readonly { readonly rule: string; readonly rows: number }[] {
  return Object.entries(problems.byRule)
    .map(([rule, rows]) => ({ rule, rows }))
    .toSorted((a, b) => b.rows - a.rows);
}

/** "4 (0.02 %)": rows that were set aside, and their share of all. */
export function rejectedOf({
  rejected,
  records,
}: {
  readonly rejected: number;
  readonly records: number;
}): string {
  if (rejected === 0) return "0";
  const share = rejected / records;
  return `${whole(rejected)} (${share < 0.0001 ? "under 0.01 %" : percent(share, 2)})`;
}

function sourcesOf(sources: readonly { readonly source: string }[]): string {
  const shown = sources.slice(0, 3).map(({ source }) => source);
  const rest = sources.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
