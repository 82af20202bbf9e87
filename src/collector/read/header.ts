import type { CollectorConfig } from "../../schema/index.ts";
import type { RawRecord } from "./record-splitter.ts";

/** A cell as a column's name is compared: trimmed and in lower case (A1). */
export function columnName(cell: string): string {
  return cell.trim().toLowerCase();
}

/** Follows the configuration's `header`, or the file's own look if that is `auto`. */
export function decideHeader(
  header: CollectorConfig["header"],
  looksLikeHeader: boolean,
): { readonly hasHeader: boolean; readonly reason: string } {
  switch (header) {
    case "present":
      return { hasHeader: true, reason: "the configuration says so" };
    case "absent":
      return { hasHeader: false, reason: "the configuration says so" };
    case "auto":
      return looksLikeHeader
        ? { hasHeader: true, reason: "its first row holds the columns' names" }
        : { hasHeader: false, reason: "its first row does not hold the columns' names" };
  }
}

/** The number of cells that most records have. */
export function commonWidth(records: readonly RawRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields, flaw } of records) {
    if (flaw === undefined) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  }
  const [widest] = [...counts].sort(([a, m], [b, n]) => n - m || b - a);
  return widest?.[0] ?? 0;
}
