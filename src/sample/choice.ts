import { STYLES } from "./assortment.ts";
import type { Uniform } from "./hash.ts";
import { searchSums } from "./pick.ts";
import type { Shop } from "./shop.ts";
import { drawShown, shownList, shownProbabilities } from "./shown-list.ts";
import {
  categoryProbabilities,
  drawCategory,
  drawOfCategory,
  tasteProbabilities,
} from "./taste.ts";
import type { Week } from "./week.ts";

/** Where an interaction starts; a number in an interaction's `source` is an index into this. */
export const SOURCES = ["recsys", "search", "homepage", "category"] as const;

/** Shares of what does not come from recommendations: search, homepage, the rest category. */
const SEARCH_SHARE = 0.6;
const HOMEPAGE_SHARE = 0.3;
const CATEGORY_SHARE = 1 - SEARCH_SHARE - HOMEPAGE_SHARE;

export interface Choice {
  item: number;
  source: number;
}

/**
 * Draws what user `u` interacts with in a week, and from where:
 * recsys, an item of the list shown to the user that week; search, one to the user's taste;
 * homepage, one in proportion to its weight; category, any one of a category to the user's taste.
 */
export function drawChoice(shop: Shop, week: Week, u: number, uniform: Uniform, out: Choice): void {
  let x = uniform();
  if (x < week.recsysShare) {
    out.source = 0;
    out.item = drawShown(shownList(shop, week, u), uniform);
    return;
  }
  x = (x - week.recsysShare) / (1 - week.recsysShare);
  if (x < SEARCH_SHARE) {
    out.source = 1;
    const category = drawCategory(shop.users, week, u, uniform);
    out.item = drawOfCategory(shop.users, week, u, category, uniform);
  } else if (x < SEARCH_SHARE + HOMEPAGE_SHARE) {
    out.source = 2;
    out.item = drawPopular(week, uniform);
  } else {
    out.source = 3;
    const category = drawCategory(shop.users, week, u, uniform);
    out.item = drawAny(week, category, uniform);
  }
}

/**
 * The probability of each item when user `u` interacts once in a week: the mixture that
 * {@link drawChoice} draws from. `out` is (items) and overwritten; it sums to 1.
 */
export function choiceProbabilities(shop: Shop, week: Week, u: number, out: Float64Array): void {
  const { items, users } = shop;
  const others = 1 - week.recsysShare;
  tasteProbabilities(users, items, week, u, out);
  const category = categoryProbabilities(users, week, u);
  const allWeight = week.weightSum[items.count]!;
  for (let i = 0; i < items.count; i++) {
    if (week.weight[i] === 0) continue;
    const c = items.category[i]!;
    out[i] =
      others *
      (SEARCH_SHARE * out[i]! +
        (HOMEPAGE_SHARE * week.weight[i]!) / allWeight +
        (CATEGORY_SHARE * category[c]!) / week.presentItems[c]!);
  }
  const list = shownList(shop, week, u);
  shownProbabilities(list).forEach((probability, place) => {
    out[list[place]!]! += week.recsysShare * probability;
  });
}

function drawPopular({ weightSum, order }: Week, uniform: Uniform): number {
  const x = uniform() * weightSum[order.length]!;
  return order[searchSums(weightSum, 0, order.length, x)]!;
}

/** Each item of the category that is there is as likely as the others. */
function drawAny(week: Week, category: number, uniform: Uniform): number {
  const start = week.groupStart[category * STYLES.length]!;
  const count = week.groupStart[(category + 1) * STYLES.length]! - start;
  for (;;) {
    const item = week.order[start + Math.floor(uniform() * count)]!;
    if (week.weight[item]! > 0) return item;
  }
}
