import { type Random, shuffle } from "../../kernels/index.ts";
import { PART } from "../../schema/index.ts";
import type { Histories } from "./history.ts";

/** A user with fewer rows is all training. */
const MIN_ROWS = 5;

/**
 * The default split: of each user with n ≥ 5 rows the latest max(1, ⌊n / 10⌋) are test, as many before
 * them validation, the rest training. For data without timestamps `random` draws the held-out rows
 * instead.
 *
 * @returns (R), the part of each row
 */
export function splitPerUser({ offsets, item }: Histories, random?: Random): Uint8Array {
  const part = new Uint8Array(item.length).fill(PART.train);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const start = offsets[user]!;
    const end = offsets[user + 1]!;
    const rows = end - start;
    if (rows < MIN_ROWS) continue;
    const held = Math.max(1, Math.floor(rows / 10));
    if (random === undefined) {
      part.fill(PART.test, end - held, end);
      part.fill(PART.validation, end - 2 * held, end - held);
      continue;
    }
    const order = Uint32Array.from({ length: rows }, (_, index) => start + index);
    shuffle(order, random);
    for (const row of order.subarray(rows - held)) part[row] = PART.test;
    for (const row of order.subarray(rows - 2 * held, rows - held)) part[row] = PART.validation;
  }
  return part;
}
