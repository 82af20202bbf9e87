/** What to draw: the same options give the same shop, to the byte. */
export interface ShopOptions {
  readonly users: number;
  readonly items: number;
  /** Rows in all. Every user has at least one, so there must be as many as users. */
  readonly interactions: number;
  readonly seed: number;
  /** `implicit`: every rating is 1. `explicit`: whole stars from 1 to 5. */
  readonly ratings: "implicit" | "explicit";
}

/** The shop of `npm run up`: small enough for the whole path to take well under a minute. */
export const SHOP_DEFAULTS: ShopOptions = {
  users: 2_000,
  items: 1_000,
  interactions: 60_000,
  seed: 1,
  ratings: "implicit",
};

/** The users and items of the documentation's example calls, as indices: they exist and are warm. */
export const EXAMPLE_USERS: readonly number[] = [9, 19]; // IDs 10 and 20
export const EXAMPLE_ITEMS: readonly number[] = [9, 10]; // IDs 10 and 11

/**
 * Fills in the defaults and checks the whole.
 *
 * @throws RangeError naming every option that is out of range
 */
export function shopOptions(options: Partial<ShopOptions>): ShopOptions {
  const all = { ...SHOP_DEFAULTS, ...options };
  const problems = [
    ...wholeNumber("users", all.users, 20, 0xffff_ffff),
    ...wholeNumber("items", all.items, 11, 0xffff_ffff),
    ...wholeNumber("interactions", all.interactions, all.users, 0xffff_ffff),
    ...wholeNumber("seed", all.seed, 0, 0xffff_ffff),
  ];
  if (problems.length > 0) throw new RangeError(`sample shop: ${problems.join("; ")}`);
  return all;
}

function wholeNumber(name: string, value: number, least: number, most: number): string[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [`${name} must be a whole number from ${least} to ${most}, got ${value}`];
}
