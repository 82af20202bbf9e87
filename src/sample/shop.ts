import { random } from "../kernels/index.ts";
import { mix } from "./hash.ts";
import { drawItems, type Items } from "./items.ts";
import { type ShopOptions, shopOptions } from "./options.ts";
import { type Schedule, schedule } from "./schedule.ts";
import { drawUsers, type Users } from "./users.ts";

/** A shop: its latent traits. Interactions, features and true probabilities are derived from it. */
export interface Shop {
  readonly options: ShopOptions;
  readonly items: Items;
  readonly users: Users;
  readonly schedule: Schedule;
}

/** What random numbers are drawn for: each purpose has its own, so that one does not move another. */
const PURPOSES = [
  "items",
  "users",
  "interactions",
  "shown lists",
  "interaction ids",
  "ratings",
  "item features",
  "user features",
] as const;

/**
 * Draws a shop.
 *
 * Only + − × ÷ √ and whole-number arithmetic are used, which IEEE 754 and ECMAScript fix to the last
 * bit: a shop is the same on every machine.
 *
 * @throws RangeError if an option is out of range
 */
export function generateShop(options: Partial<ShopOptions> = {}): Shop {
  const all = shopOptions(options);
  const items = drawItems(all.items, random(keyOf(all.seed, "items")));
  const users = drawUsers(all.users, items.categoryCount, random(keyOf(all.seed, "users")));
  return { options: all, items, users, schedule: schedule(all.interactions, users) };
}

/** The key under which a shop's random numbers for one purpose are hashed. */
export function keyOf(seed: number, purpose: (typeof PURPOSES)[number]): number {
  return mix(mix(0, seed), PURPOSES.indexOf(purpose));
}
