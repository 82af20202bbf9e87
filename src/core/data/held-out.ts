import { TEST_FILE_SPLIT } from "../../schema/index.ts";
import type { Dataset, Part } from "./dataset.ts";
import { isPositive } from "./histories.ts";

/** The relevant items of each user in one part of the split. */
export interface HeldOut {
  /** (users + 1): user u's relevant items are `itemIndices[offsets[u] … offsets[u+1])`. */
  readonly offsets: Uint32Array;
  /** Ascending and distinct within a user. */
  readonly itemIndices: Uint32Array;
}

/** Splits of the literature, whose published figures count every held-out row, whatever its rating. */
const PUBLISHED_SPLITS: ReadonlySet<string> = new Set([TEST_FILE_SPLIT, "leave-last-out"]);

/** Is every held-out row relevant, whatever its rating? */
export function everyRowIsRelevant({ ratings, split }: Dataset): boolean {
  return ratings === "implicit" || PUBLISHED_SPLITS.has(split);
}

/** One user's items. */
export function heldOutOf({ offsets, itemIndices }: HeldOut, user: number): Uint32Array {
  return itemIndices.subarray(offsets[user], offsets[user + 1]);
}

/**
 * The items a good ranking of `part` should find: those of its rows whose latest rating is a positive
 * (A21), and all of them where the split is one of the literature (a `test.tsv`, leave-last-out).
 *
 * An item that the user also has in an earlier part is masked from the ranking and therefore never
 * relevant.
 *
 * @param dataset - all rows
 * @param part - the part of the split that is held out
 * @param of - `interactions` takes the items of all rows, whatever their rating
 */
export function heldOut(
  dataset: Dataset,
  part: Part,
  of: "positives" | "interactions" = "positives",
): HeldOut {
  const everyRow = of === "interactions" || everyRowIsRelevant(dataset);
  const offsets = new Uint32Array(dataset.users + 1);
  const itemIndices = new Uint32Array(dataset.rows);
  let found = 0;
  const latest = new Map<number, number>();
  for (let user = 0; user < dataset.users; user++) {
    const start = dataset.userOffsets[user]!;
    const end = dataset.userOffsets[user + 1]!;
    latest.clear();
    for (let row = start; row < end; row++) {
      if (dataset.part[row] === part) latest.set(dataset.item[row]!, dataset.rating[row]!);
    }
    for (let row = start; row < end; row++) {
      if (dataset.part[row]! < part) latest.delete(dataset.item[row]!);
    }
    const first = found;
    for (const [item, rating] of latest) {
      if (everyRow || isPositive(dataset, rating)) itemIndices[found++] = item;
    }
    itemIndices.subarray(first, found).sort();
    offsets[user + 1] = found;
  }
  return { offsets, itemIndices: itemIndices.slice(0, found) };
}
