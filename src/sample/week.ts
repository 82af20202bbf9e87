import { CATEGORIES, STYLES } from "./assortment.ts";
import { season, WEEKS } from "./calendar.ts";
import type { Items } from "./items.ts";

/** What the shop offers in one week: everything a choice depends on besides the user. */
export interface Week {
  readonly week: number;
  /** (categories): how much the categories are in season. */
  readonly season: Float64Array;
  /** (items): popularity × freshness × season; 0 before the item arrives. */
  readonly weight: Float64Array;
  /** Items by category, then style, the newest first: a group's last item is there if any is. */
  readonly order: Uint32Array;
  /** Where in the order the groups start. (categories × styles + 1) */
  readonly groupStart: Uint32Array;
  /** Running sum of the weights in that order. (items + 1) */
  readonly weightSum: Float64Array;
  /** (categories): items that have arrived. */
  readonly presentItems: Uint32Array;
  /** Share of the interactions that come from a shown list: it grows from 5 to 20 %. */
  readonly recsysShare: number;
}

/** New items get up to this much extra attention, half of it gone after so many weeks. */
const FRESHNESS = 0.5;
const FRESH_WEEKS = 4;

/** One week's offer. */
export function weekOf(items: Items, week: number): Week {
  const { order, groupStart } = grouped(items);
  const seasons = Float64Array.from({ length: items.categoryCount }, (_, category) => {
    const { peakWeek, seasonStrength } = CATEGORIES[category]!;
    return season(week, peakWeek, seasonStrength);
  });
  const weight = new Float64Array(items.count);
  const presentItems = new Uint32Array(items.categoryCount);
  for (let i = 0; i < items.count; i++) {
    const age = week - items.arrivalWeek[i]!;
    if (age < 0) continue;
    const category = items.category[i]!;
    weight[i] = items.popularity[i]! * freshness(items.arrivalWeek[i]!, age) * seasons[category]!;
    presentItems[category]!++;
  }
  const weightSum = new Float64Array(items.count + 1);
  for (let place = 0; place < items.count; place++) {
    weightSum[place + 1] = weightSum[place]! + weight[order[place]!]!;
  }
  const recsysShare = 0.05 + (0.15 * week) / (WEEKS - 1);
  return { week, season: seasons, weight, order, groupStart, weightSum, presentItems, recsysShare };
}

/** The items the shop opened with are not news. */
function freshness(arrivalWeek: number, age: number): number {
  return arrivalWeek === 0 ? 1 : 1 + FRESHNESS / (1 + age / FRESH_WEEKS);
}

/** Counting sort of the items by category and style. */
function grouped(items: Items): { order: Uint32Array; groupStart: Uint32Array } {
  const groups = items.categoryCount * STYLES.length;
  const groupStart = new Uint32Array(groups + 1);
  const groupOf = (i: number): number => items.category[i]! * STYLES.length + items.style[i]!;
  for (let i = 0; i < items.count; i++) groupStart[groupOf(i) + 1]!++;
  for (let g = 0; g < groups; g++) groupStart[g + 1]! += groupStart[g]!;
  const next = groupStart.slice();
  const order = new Uint32Array(items.count);
  for (let i = items.count - 1; i >= 0; i--) order[next[groupOf(i)]!++] = i;
  return { order, groupStart };
}
