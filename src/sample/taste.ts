import { STYLES } from "./assortment.ts";
import type { Uniform } from "./hash.ts";
import type { Items } from "./items.ts";
import { searchSums } from "./pick.ts";
import { FAVOURITES, type Users } from "./users.ts";
import type { Week } from "./week.ts";

/** Draws the category a user looks into: a favourite, in proportion to its weight × its season. */
export function drawCategory(users: Users, week: Week, u: number, uniform: Uniform): number {
  const first = u * FAVOURITES;
  let total = 0;
  for (let f = first; f < first + FAVOURITES; f++) total += favouriteNow(users, week, f);
  let rest = uniform() * total;
  for (let f = first; f < first + FAVOURITES - 1; f++) {
    rest -= favouriteNow(users, week, f);
    if (rest < 0) return users.favourite[f]!;
  }
  return users.favourite[first + FAVOURITES - 1]!;
}

/** Draws an item of a category in proportion to the user's weight of its style × its own weight. */
export function drawOfCategory(
  users: Users,
  week: Week,
  u: number,
  category: number,
  uniform: Uniform,
): number {
  let rest = uniform() * styledWeight(users, week, u, category);
  // A draw stays 2⁻³² of the total away from its end, far more than rounding can take.
  for (let s = 0; ; s++) {
    const group = category * STYLES.length + s;
    const styleWeight = users.styleWeight[u * STYLES.length + s]!;
    const share = styleWeight * groupWeight(week, group);
    if (rest < share) return itemOfGroup(week, group, rest / styleWeight);
    rest -= share;
  }
}

/**
 * The probability of each item when user `u` follows their taste: P(category) × P(item | category).
 * `out` is (items) and overwritten.
 */
export function tasteProbabilities(
  users: Users,
  items: Items,
  week: Week,
  u: number,
  out: Float64Array,
): void {
  const category = categoryProbabilities(users, week, u);
  const perWeight = category.map((probability, c) =>
    probability === 0 ? 0 : probability / styledWeight(users, week, u, c),
  );
  for (let i = 0; i < items.count; i++) {
    const styleWeight = users.styleWeight[u * STYLES.length + items.style[i]!]!;
    out[i] = perWeight[items.category[i]!]! * styleWeight * week.weight[i]!;
  }
}

/** (categories): how likely the user looks into each. */
export function categoryProbabilities(users: Users, week: Week, u: number): Float64Array {
  const probability = new Float64Array(week.season.length);
  let total = 0;
  for (let f = u * FAVOURITES; f < (u + 1) * FAVOURITES; f++) {
    const weight = favouriteNow(users, week, f);
    probability[users.favourite[f]!]! += weight;
    total += weight;
  }
  return probability.map((weight) => weight / total);
}

function favouriteNow(users: Users, week: Week, f: number): number {
  return users.favouriteWeight[f]! * week.season[users.favourite[f]!]!;
}

function styledWeight(users: Users, week: Week, u: number, category: number): number {
  let total = 0;
  for (let s = 0; s < STYLES.length; s++) {
    total +=
      users.styleWeight[u * STYLES.length + s]! * groupWeight(week, category * STYLES.length + s);
  }
  return total;
}

function itemOfGroup({ order, groupStart, weightSum }: Week, group: number, x: number): number {
  const start = groupStart[group]!;
  return order[searchSums(weightSum, start, groupStart[group + 1]!, weightSum[start]! + x)]!;
}

function groupWeight({ weightSum, groupStart }: Week, group: number): number {
  return weightSum[groupStart[group + 1]!]! - weightSum[groupStart[group]!]!;
}
