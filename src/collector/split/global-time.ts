import { DataError, PART, RAW_FILES } from "../../schema/index.ts";

/** Share of the rows that is test, and as much again before it that is validation. */
const HELD_SHARE = 0.1;

/**
 * One point in time for everybody: the latest tenth of all rows is test, the tenth before it validation. Rows of the
 * same second stay together, on the later side.
 *
 * The honest horizon: no row is predicted from what others did later, and users and items that are new after the
 * cut have no history.
 *
 * @param timestamp - (R), Unix seconds
 * @returns (R), the part of each row
 * @throws DataError without timestamps
 */
export function splitGlobalTime(timestamp: Float64Array | undefined): Uint8Array {
  if (timestamp === undefined) {
    throw new DataError(
      { file: RAW_FILES.interactions },
      `collector.split is "global-time", which needs a timestamp column; add one, or set it to "per-user"`,
    );
  }
  const sorted = timestamp.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? Infinity;
  const test = at(1 - HELD_SHARE);
  const validation = at(1 - 2 * HELD_SHARE);
  return Uint8Array.from(timestamp, (time) => {
    if (time >= test) return PART.test;
    return time >= validation ? PART.validation : PART.train;
  });
}
