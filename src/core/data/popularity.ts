import type { Dataset, Part } from "./dataset.ts";

/** (items) The number of interaction rows of each item in the given parts, ratings not summed (A16). */
export function popularity(dataset: Dataset, parts: readonly Part[]): Uint32Array {
  const chosen = new Set<number>(parts);
  const count = new Uint32Array(dataset.items);
  for (let row = 0; row < dataset.rows; row++) {
    if (chosen.has(dataset.part[row]!)) count[dataset.item[row]!]!++;
  }
  return count;
}
