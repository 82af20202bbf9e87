import { OWN_PRICES, type OwnPrices } from "./own-prices.ts";
import { hourlyPrices, PRICES } from "./prices.ts";

/** What instances cost, and by which prices. */
export interface Price {
  readonly usd: number | null;
  /** Is it by the prices that nobody has looked up? */
  readonly isRough: boolean;
  readonly words: readonly string[];
}

/**
 * What hours of an instance cost: by the owner's prices, else by the rough table.
 *
 * @param instances - which, and how long
 * @param own - the owner's prices, or what is wrong with them
 * @param region - where they run, if that is known
 */
export function priceOfHours(
  instances: Instances,
  own: OwnPrices | string | undefined,
  region?: string,
): Price {
  const { what, instanceType, hours } = instances;
  const given = typeof own === "object" ? own.hourly[instanceType] : undefined;
  if (typeof own === "object" && given !== undefined) {
    const words = `${what} in ${own.region}, by the prices of ${own.asOf} in ${OWN_PRICES}`;
    return { usd: given * hours, isRough: false, words: [words] };
  }
  const problem = typeof own === "string" ? [own] : [];
  const prices = hourlyPrices(instanceType);
  if (prices === undefined) {
    const words = `no price is known for ${instanceType}; put it into ${OWN_PRICES} in the bucket`;
    return { usd: null, isRough: false, words: [...problem, words] };
  }
  const here = region === PRICES.regions[1] ? 1 : 0;
  const there = here === 0 ? 1 : 0;
  const other = `in ${PRICES.regions[there]} $${(prices[there] * hours).toFixed(4)}`;
  const words = `${what} on demand in ${PRICES.regions[here]}, rough prices of ${PRICES.asOf}, to be looked up; ${other}`;
  return { usd: prices[here] * hours, isRough: true, words: [...problem, words] };
}

interface Instances {
  /** In words: "2 × ml.m5.large". */
  readonly what: string;
  readonly instanceType: string;
  readonly hours: number;
}
