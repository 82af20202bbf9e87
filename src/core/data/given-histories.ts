import { PART } from "../../schema/index.ts";
import type { Dataset } from "./dataset.ts";
import { deviationOf, type Histories, histories } from "./histories.ts";

/** An interaction that somebody tells of, beside the data. */
export interface GivenInteraction {
  readonly item: number;
  /** 1 where ratings are implicit. */
  readonly rating: number;
}

/** How interactions count in some data: the same for those that are given beside them. */
export interface RatingScale {
  readonly ratings: Dataset["ratings"];
  readonly positiveThreshold: number;
  /** Standard deviation of all ratings. */
  readonly deviation: number;
}

/** The scale of the data that histories were made of. */
export function ratingScale(
  { ratings, positiveThreshold }: Pick<Dataset, "ratings" | "positiveThreshold">,
  history: Histories,
): RatingScale {
  return { ratings, positiveThreshold, deviation: deviationOf(history.ratings) };
}

/**
 * The histories that the data would hold had these users been in them, each with these interactions in the order of time. They
 * have no timestamps: nothing that scores looks at more than the order.
 *
 * @param given - (U) the interactions of each user
 * @param items - I
 */
export function givenHistories(
  given: readonly (readonly GivenInteraction[])[],
  items: number,
  { deviation, ...scale }: RatingScale,
): Histories {
  const all = given.flat();
  const userOffsets = new Uint32Array(given.length + 1);
  for (const [user, own] of given.entries())
    userOffsets[user + 1] = userOffsets[user]! + own.length;
  const rows = {
    ...scale,
    users: given.length,
    items,
    rows: all.length,
    userOffsets,
    item: Uint32Array.from(all, ({ item }) => item),
    rating: Float32Array.from(all, ({ rating }) => rating),
    part: new Uint8Array(all.length).fill(PART.train),
    timestamp: undefined,
  };
  return histories(rows, [PART.train], deviation);
}
