import { drawTimes, WEEKS } from "./calendar.ts";
import { type Choice, drawChoice } from "./choice.ts";
import { random } from "../kernels/index.ts";
import type { Uniform } from "./hash.ts";
import { searchSums } from "./pick.ts";
import { drawRating } from "./rating.ts";
import { keyOf, type Shop } from "./shop.ts";
import { weekOf } from "./week.ts";

/** A week's interactions in time order, one array a column. */
export interface Interactions {
  readonly userIndex: Uint32Array;
  readonly itemIndex: Uint32Array;
  readonly rating: Uint8Array;
  /** Index into SOURCES. */
  readonly source: Uint8Array;
  readonly timestampSeconds: Uint32Array;
}

/**
 * The shop's interactions, week by week, in time order. They are drawn with the shop's own generator,
 * so that a shop has one history; with another `uniform` they are one that might have been.
 */
export function* interactionsOf(
  shop: Shop,
  uniform: Uniform = ownUniform(shop),
): Generator<Interactions> {
  const choice: Choice = { item: 0, source: 0 };
  for (let w = 0; w < WEEKS; w++) {
    const week = weekOf(shop.items, w);
    let firstLeft = shop.schedule.first[w]!;
    let left = firstLeft + shop.schedule.further[w]!;
    let arriving = shop.users.present[w]!;
    const rows = emptyInteractions(drawTimes(uniform, w, left));
    for (let row = 0; left > 0; row++, left--) {
      // Each interaction is as likely as the others to be a user's first (Knuth's algorithm S).
      const isFirst = uniform() * left < firstLeft;
      if (isFirst) firstLeft--;
      const u = isFirst ? arriving++ : drawUser(shop, w, uniform);
      drawChoice(shop, week, u, uniform, choice);
      rows.userIndex[row] = u;
      rows.itemIndex[row] = choice.item;
      rows.source[row] = choice.source;
      rows.rating[row] = shop.options.ratings === "implicit" ? 1 : drawRating(shop, u, choice.item);
    }
    yield rows;
  }
}

function ownUniform({ options }: Shop): Uniform {
  const stream = random(keyOf(options.seed, "interactions"));
  return () => stream.uniform();
}

/** One of the users who arrived before the week, in proportion to their activity. */
function drawUser({ users }: Shop, week: number, uniform: Uniform): number {
  const present = users.present[week]!;
  return searchSums(users.activitySum, 0, present, uniform() * users.activitySum[present]!);
}

function emptyInteractions(timestampSeconds: Uint32Array): Interactions {
  const { length } = timestampSeconds;
  return {
    userIndex: new Uint32Array(length),
    itemIndex: new Uint32Array(length),
    rating: new Uint8Array(length),
    source: new Uint8Array(length),
    timestampSeconds,
  };
}
