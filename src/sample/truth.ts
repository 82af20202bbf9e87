import { HORIZON_WEEKS, WEEKS } from "./calendar.ts";
import { choiceProbabilities } from "./choice.ts";
import type { Shop } from "./shop.ts";
import { weekOf } from "./week.ts";

/**
 * The true interaction probabilities, one user at a time.
 *
 * The event: the user interacts with the item at least once during the last HORIZON_WEEKS of the
 * simulated time. A draw does not depend on those before it, so the same number is the probability
 * that the user does so for the first time, given that they had not before. With n draws in week w,
 * a(u, w) the user's share of the present users' activity and p(i | u, w) the choice's probability:
 *
 * `P(u, i) = 1 − ∏_w (1 − a(u, w) · p(i | u, w))ⁿ`
 *
 * and one factor `1 − p(i | u, w)` for the first interaction of a user who arrives in week w.
 *
 * @returns for a user index the probability of each item, (items); overwritten by the next call
 */
export function trueProbabilities(shop: Shop): (u: number) => Float32Array {
  const weeks = Array.from({ length: HORIZON_WEEKS }, (_, back) =>
    weekOf(shop.items, WEEKS - HORIZON_WEEKS + back),
  );
  const { items, users, schedule } = shop;
  const once = new Float64Array(items.count);
  const result = new Float64Array(items.count);
  const rounded = new Float32Array(items.count);
  return (u) => {
    result.fill(0);
    for (const week of weeks) {
      const w = week.week;
      if (u >= users.present[w + 1]!) continue; // arrives later
      const arrives = u >= users.present[w]!;
      const activity = users.activitySum[u + 1]! - users.activitySum[u]!;
      const share = arrives ? 1 : activity / users.activitySum[users.present[w]!]!;
      const draws = arrives ? 1 : schedule.further[w]!;
      choiceProbabilities(shop, week, u, once);
      for (let i = 0; i < items.count; i++) {
        result[i] = either(result[i]!, atLeastOnce(share * once[i]!, draws));
      }
    }
    rounded.set(result);
    return rounded;
  };
}

/** `1 − (1 − p)ⁿ` by repeated doubling; keeps its precision for the smallest p. */
export function atLeastOnce(p: number, n: number): number {
  let result = 0;
  let power = p; // of 1, 2, 4, … draws
  for (let bits = n; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) result = either(result, power);
    power = either(power, power);
  }
  return result;
}

/** The probability of one or both of two independent events. */
function either(a: number, b: number): number {
  return a + b - a * b;
}
