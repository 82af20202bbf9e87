import { hashed, mix, type Uniform } from "./hash.ts";
import { weighted } from "./pick.ts";
import { keyOf, type Shop } from "./shop.ts";
import { drawCategory, drawOfCategory } from "./taste.ts";
import type { Week } from "./week.ts";

const LENGTH = 20;
const ATTEMPTS = 4 * LENGTH;

/** How much each place of a list is looked at: the last a good quarter as much as the first. */
const PLACE_WEIGHTS = Array.from({ length: LENGTH }, (_, place) => 1 / (place + 8));

/**
 * The items that the shop's own recommender shows a user during a week, the first place first.
 *
 * It is drawn from the user's taste, by the seed alone: what users do changes no list. So the lists
 * cause interactions and are not caused by them, and the true probabilities stay exact.
 *
 * @returns 20 different items, fewer where the user's taste offers hardly any
 */
export function shownList({ options, users }: Shop, week: Week, u: number): readonly number[] {
  const uniform = hashed(mix(mix(keyOf(options.seed, "shown lists"), week.week), u));
  const list: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS && list.length < LENGTH; attempt++) {
    const category = drawCategory(users, week, u, uniform);
    const item = drawOfCategory(users, week, u, category, uniform);
    if (!list.includes(item)) list.push(item);
  }
  return list;
}

/** Draws the item a user takes from a list. */
export function drawShown(list: readonly number[], uniform: Uniform): number {
  return list[weighted(uniform, PLACE_WEIGHTS.slice(0, list.length))]!;
}

/** How likely each item of a list is taken, given that one is. */
export function shownProbabilities(list: readonly number[]): readonly number[] {
  const weights = PLACE_WEIGHTS.slice(0, list.length);
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
