import { PART } from "../../schema/index.ts";
import type { Histories } from "./history.ts";

/** A user with fewer rows is all training. */
const MIN_ROWS = 3;

/**
 * Each user's last row is test and the one before it validation.
 *
 * @returns (R), the part of each row
 */
export function splitLeaveLastOut({ offsets, item }: Histories): Uint8Array {
  const part = new Uint8Array(item.length).fill(PART.train);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const end = offsets[user + 1]!;
    if (end - offsets[user]! < MIN_ROWS) continue;
    part[end - 1] = PART.test;
    part[end - 2] = PART.validation;
  }
  return part;
}
