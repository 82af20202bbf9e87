import type { Slice } from "../../schema/index.ts";
import {
  activityOf,
  type Histories,
  tercileOf,
  TERCILES,
  terciles,
  type Terciles,
  usersOf,
} from "../data/index.ts";

/** A user with fewer items than this in the history is cold. */
export const COLD_USER_ITEMS = 5;

/** A slice before it is measured. */
export interface SliceDefinition extends Pick<Slice, "name" | "of" | "description"> {
  /** Is this relevant item of this user part of the slice? */
  readonly holds: (user: number, item: number) => boolean;
}

/** Cold users and thirds of activity; cold items and thirds of popularity. */
export function sliceDefinitions(history: Histories): readonly SliceDefinition[] {
  const activity = activityOf(history);
  const popularity = usersOf(history);
  const byActivity = terciles(activity.filter((n) => n > 0));
  const byPopularity = terciles(popularity.filter((n) => n > 0));
  return [
    {
      name: "cold users",
      of: "users",
      description: `users with fewer than ${COLD_USER_ITEMS} items in their history`,
      holds: (user) => activity[user]! < COLD_USER_ITEMS,
    },
    ...TERCILES.map((tercile): SliceDefinition => ({
      name: `${tercile} activity`,
      of: "users",
      description: `users with ${boundsOf(byActivity)[tercile]} items in their history`,
      holds: (user) => tercileOf(byActivity, activity[user]!) === tercile,
    })),
    {
      name: "cold items",
      of: "items",
      description: "items that no user had interacted with",
      holds: (_, item) => popularity[item] === 0,
    },
    ...TERCILES.map((tercile): SliceDefinition => ({
      name: `${tercile} popularity`,
      of: "items",
      description: `items with ${boundsOf(byPopularity)[tercile]} users`,
      holds: (_, item) =>
        popularity[item]! > 0 && tercileOf(byPopularity, popularity[item]!) === tercile,
    })),
  ];
}

function boundsOf({ low, middle }: Terciles) {
  return {
    low: `at most ${low}`,
    middle: `more than ${low} and at most ${middle}`,
    high: `more than ${middle}`,
  };
}
