/** A relative change in words: "+3.9 %", "no change"; a dash where one of the two is not known. */
export function changeOf(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return "–";
  if (before === after) return "no change";
  if (before === 0) return "from nothing";
  const change = after / before - 1;
  return `${change > 0 ? "+" : "−"}${(Math.abs(change) * 100).toFixed(1)} %`;
}

/** A setting's value. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const COUNTS: Readonly<Record<string, string>> = {
  users: "Users",
  items: "Items",
  rows: "Interactions",
  rejectedRows: "Rows set aside",
  "rowsByPart.train": "Rows for training",
  "rowsByPart.validation": "Rows for validation",
  "rowsByPart.test": "Rows for the test",
  itemTokens: "Values of item features",
  userTokens: "Values of user features",
};

/** What was counted of the data, in words; by its own name where none are known. */
export function countTitle(name: string): string {
  return COUNTS[name] ?? name;
}
