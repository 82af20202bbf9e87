import { allot, trade, WEEKS } from "./calendar.ts";
import type { Users } from "./users.ts";

/** How many interactions each week has. */
export interface Schedule {
  /** First interactions of the users who arrive in the week: one each. */
  readonly first: readonly number[];
  /** Interactions of users who arrived in an earlier week. */
  readonly further: readonly number[];
}

/** Spreads `interactions` over the weeks by how busy the shop is and how many users it has. */
export function schedule(interactions: number, users: Users): Schedule {
  const weeks = Array.from({ length: WEEKS }, (_, week) => week);
  const activity = weeks.map((week) => trade(week) * users.activitySum[users.present[week]!]!);
  return {
    first: weeks.map((week) => users.present[week + 1]! - users.present[week]!),
    further: allot(interactions - users.count, activity),
  };
}
