import { ALL, OTHERS } from "./codes.ts";

/** One way to put rows together by source, as SQL over a table with the column `source`. */
export interface Grouping {
  /** The rows that take part. */
  readonly where: string;
  /** The code that they count under. */
  readonly code: string;
}

/**
 * The ways in which every row counts by source: under all, under the others unless it is the recommender's, and under
 * its own.
 */
export function sourceGroupings(recsysCode: number | undefined): readonly Grouping[] {
  return [
    { where: "true", code: `${ALL}::UTINYINT` },
    {
      where: recsysCode === undefined ? "true" : `source != ${recsysCode}`,
      code: `${OTHERS}::UTINYINT`,
    },
    { where: "true", code: "source" },
  ];
}
