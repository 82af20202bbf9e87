import { random } from "../../kernels/index.ts";
import { type HeldOut, heldOutOf, type Histories } from "../data/index.ts";

/** Who is ranked, and what each of them was to be shown. */
export interface Population {
  /** (U) user indices, ascending */
  readonly users: Uint32Array;
  /** Users of whom those are a sample, or all. */
  readonly eligible: number;
  /** (U) relevant items among the candidates; empty for a user who counts for the calibration only */
  readonly relevant: readonly ReadonlySet<number>[];
}

export interface PopulationOptions {
  /** (items) 1 where an item may be ranked; all if undefined. */
  readonly candidates: Uint8Array | undefined;
  readonly maxUsers: number;
  /** Of the random sample. */
  readonly seed: number;
}

/**
 * The users with a history or with held-out relevant items; a random sample of them if they are too many.
 *
 * @param history - what is known of the users
 * @param held - the held-out relevant items
 * @param options - what narrows the population
 */
export function population(
  history: Histories,
  held: HeldOut,
  options: PopulationOptions,
): Population {
  const { candidates, maxUsers, seed } = options;
  const all = Uint32Array.from({ length: history.users }, (_, user) => user).filter(
    (user) =>
      history.offsets[user + 1]! > history.offsets[user]! || heldOutOf(held, user).length > 0,
  );
  const users = sampled(all, maxUsers, seed);
  const relevant = Array.from(users, (user) => {
    const items = heldOutOf(held, user);
    return new Set(
      candidates === undefined ? items : items.filter((item) => candidates[item] === 1),
    );
  });
  return { users, eligible: all.length, relevant };
}

function sampled(users: Uint32Array, most: number, seed: number): Uint32Array {
  if (users.length <= most) return users;
  const draws = random(seed);
  for (let i = 0; i < most; i++) {
    const j = i + draws.integer(users.length - i);
    [users[i], users[j]] = [users[j]!, users[i]!];
  }
  return users.slice(0, most).sort();
}
