import type { RowCheck } from "./row-check.ts";

/** A timestamp that is no whole number from 0 to 2^53 − 1 (Q17, A3). */
export const badTimestamp: RowCheck = {
  rule: "bad_timestamp",
  column: "timestamp",
  broken: `(timestamp IS NULL OR timestamp NOT BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER})`,
  whatToDo: "write Unix seconds, such as 978300760",
};

/**
 * The SQL expression that reads a timestamp from a cell; null where it is no integer.
 *
 * DuckDB would also read 12.5, 1e3 or 0x10 as integers, so a cell that is not written as the plain
 * number must match a pattern; a zero fraction passes, since tools that know no missing integers write one.
 */
export function timestampSql(cell: string): string {
  const number = `TRY_CAST(${cell} AS BIGINT)`;
  return (
    `CASE WHEN ${number} IS NULL THEN NULL WHEN ${number}::VARCHAR = ${cell} THEN ${number} ` +
    `WHEN regexp_full_match(trim(${cell}), '[+-]?[0-9]+([.]0*)?') THEN ${number} END`
  );
}
