import { type Random, shuffle } from "../kernels/index.ts";
import { CATEGORIES, STYLES } from "./assortment.ts";
import { WEEKS } from "./calendar.ts";
import { EXAMPLE_ITEMS } from "./options.ts";
import { weighted } from "./pick.ts";

/** The latent traits of the items, by item index; items are numbered as they arrive. */
export interface Items {
  readonly count: number;
  /** Only the first of the CATEGORIES are sold by a small shop. */
  readonly categoryCount: number;
  readonly category: Uint8Array;
  readonly style: Uint8Array;
  /** Lasting popularity, before season and freshness: a long tail. */
  readonly popularity: Float64Array;
  readonly arrivalWeek: Uint8Array;
  /** How good the item is for its users, from −1 to 1; shows in explicit ratings only. */
  readonly quality: Float32Array;
}

const FOUNDING_SHARE = 0.8;
const ITEMS_PER_CATEGORY = 80;

/** Draws `count` items. Most are there from the start, the rest arrive evenly over the weeks. */
export function drawItems(count: number, random: Random): Items {
  const categoryCount = Math.max(
    1,
    Math.min(CATEGORIES.length, Math.floor(count / ITEMS_PER_CATEGORY)),
  );
  const founding = Math.max(EXAMPLE_ITEMS.at(-1)! + 1, Math.ceil(count * FOUNDING_SHARE));
  const categoryWeights = Array.from({ length: categoryCount }, () => 0.3 + random.uniform());
  const ranks = Uint32Array.from({ length: count }, (_, rank) => rank);
  shuffle(ranks, random);
  const items = {
    count,
    categoryCount,
    category: new Uint8Array(count),
    style: new Uint8Array(count),
    popularity: new Float64Array(count),
    arrivalWeek: new Uint8Array(count),
    quality: new Float32Array(count),
  };
  for (let i = 0; i < count; i++) {
    // The first items cover all categories, so that none is ever empty.
    items.category[i] = i < categoryCount ? i : weighted(() => random.uniform(), categoryWeights);
    items.style[i] = random.integer(STYLES.length);
    items.popularity[i] = zipf(ranks[i]!, count);
    items.arrivalWeek[i] = i < founding ? 0 : arrivalWeek(i - founding, count - founding);
    items.quality[i] = 2 * random.uniform() - 1;
  }
  const warm = zipf(Math.floor(count / 20), count);
  for (const i of EXAMPLE_ITEMS) items.popularity[i] = Math.max(items.popularity[i]!, warm);
  return items;
}

/** Zipf's law, its head flattened (Mandelbrot): 1 / (rank + offset), rank from 0. */
function zipf(rank: number, count: number): number {
  return 1 / (rank + 2 + 0.03 * count);
}

function arrivalWeek(place: number, arrivals: number): number {
  return 1 + Math.floor((place * (WEEKS - 1)) / arrivals);
}
