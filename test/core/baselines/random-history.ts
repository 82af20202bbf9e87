import type { Histories } from "../../../src/core/data/index.ts";
import { random } from "../../../src/kernels/index.ts";
import { historiesOf } from "../train/checkerboard.ts";

/** Histories of chance, of distinct items; the last user and the last item have none. */
export function randomHistory(users: number, items: number, mean: number, seed = 1): Histories {
  const draws = random(seed);
  const rows = Array.from({ length: users }, (_, user) => {
    const length = user === users - 1 ? 0 : draws.integer(2 * mean + 1);
    const some = Array.from({ length }, () => draws.integer(items - 1));
    return [...new Set(some)];
  });
  const history = historiesOf(rows, items);
  history.weights.forEach((_, p) => (history.weights[p] = 2 * draws.uniform()));
  return history;
}
