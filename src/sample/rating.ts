import { STYLES } from "./assortment.ts";
import { hashed, mix } from "./hash.ts";
import { keyOf, type Shop } from "./shop.ts";

/**
 * The stars, 1 to 5, that a user gives an item, always the same: more for a style to the user's
 * taste and for a good item, and some noise.
 */
export function drawRating({ options, items, users }: Shop, u: number, item: number): number {
  const random = hashed(mix(mix(keyOf(options.seed, "ratings"), u), item));
  const liking = users.styleWeight[u * STYLES.length + items.style[item]!]!; // at most 1
  const stars = 2.5 + 1.5 * liking + 0.8 * items.quality[item]! + (random() + random() - 1);
  return Math.max(1, Math.min(5, Math.round(stars)));
}
