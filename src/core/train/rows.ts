import { type Random, shuffle } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { ModelSettings } from "../model/settings.ts";

/**
 * Training rows: what the model is asked, and what the right answers are.
 *
 * A `flat` row is a user: the whole history is query and answer. An `ordered` row is a position in a
 * user's history: the items before it are the query, the item at it is the answer.
 */
export interface TrainingRows {
  readonly count: number;
  /** (count) */
  readonly user: Uint32Array;
  /** (count) index into the user's history; unused by `flat` rows. */
  readonly position: Uint32Array;
}

/** The rows of one epoch, in the order of training. */
export function epochRows(
  history: Histories,
  settings: Pick<ModelSettings, "history" | "positionsPerUser">,
  random: Random,
): TrainingRows {
  const rows =
    settings.history === "flat"
      ? everyUser(history)
      : drawnPositions(history, settings.positionsPerUser, random);
  return shuffled(rows, random);
}

/** All users with at least two items: with one, the query would be the answer itself and nothing else. */
function everyUser({ users, offsets }: Histories): TrainingRows {
  const user = Uint32Array.from({ length: users }, (_, u) => u).filter(
    (u) => offsets[u + 1]! - offsets[u]! >= 2,
  );
  return { count: user.length, user, position: new Uint32Array(user.length) };
}

/** Positions after the first: all of a short history, a fresh random draw of a long one. */
function drawnPositions({ users, offsets }: Histories, most: number, random: Random): TrainingRows {
  let count = 0;
  for (let u = 0; u < users; u++) count += Math.min(most, positionsOf(offsets, u));
  const user = new Uint32Array(count);
  const position = new Uint32Array(count);
  let row = 0;
  for (let u = 0; u < users; u++) {
    const positions = positionsOf(offsets, u);
    let wanted = Math.min(most, positions);
    // Selection sampling (Knuth, TAOCP 2, 3.4.2 S): each subset is equally likely, in one pass.
    for (let t = 0; t < positions && wanted > 0; t++) {
      if (random.uniform() * (positions - t) < wanted) {
        user[row] = u;
        position[row++] = t + 1;
        wanted--;
      }
    }
  }
  return { count, user, position };
}

function positionsOf(offsets: Uint32Array, user: number): number {
  return Math.max(0, offsets[user + 1]! - offsets[user]! - 1);
}

/** Steps that an epoch takes, to the next whole one. */
export function stepsPerEpoch(
  { users, offsets }: Histories,
  settings: Pick<ModelSettings, "history" | "positionsPerUser" | "batchRows">,
): number {
  const { history, positionsPerUser, batchRows } = settings;
  let rows = 0;
  for (let u = 0; u < users; u++) {
    const positions = positionsOf(offsets, u);
    rows += history === "flat" ? Math.min(1, positions) : Math.min(positionsPerUser, positions);
  }
  return Math.max(1, Math.ceil(rows / batchRows));
}

function shuffled(rows: TrainingRows, random: Random): TrainingRows {
  const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
  shuffle(order, random);
  return {
    count: rows.count,
    user: order.map((row) => rows.user[row]!),
    position: order.map((row) => rows.position[row]!),
  };
}
