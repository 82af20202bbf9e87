import { z } from "zod";

/** A day in UTC, `2024-02-29`. */
export const Day = z.iso.date();

/** Why figures of one kind cannot be given. */
export const Missing = z.strictObject({
  what: z.enum(["timestamps", "days", "sources", "categories", "ratings", "impressions", "served"]),
  why: z.string(),
});
export type Missing = z.infer<typeof Missing>;

/**
 * `content` of kpi's manifest, and what stands beside it: the interactions summed up, so that any range of days under
 * any filter is answered exactly and without reading them again (`docs/dashboard.md`).
 *
 * Days are numbers, 0 is 1970-01-01 in UTC. A source is a number: 0 all of them, 1 all but `recsys`, then those of
 * `sources` from 2 on, in their order. A category is a number: 0 all items, then those of `categories` from 1 on.
 * Every file is sorted by the columns that it is asked by.
 *
 * - `daily.parquet` `source, category, day, interactions, new_item_interactions, repeats`
 * - `active_users.parquet`, `active_items.parquet` `source, category, day, previous_day, users` (`items`): how many are
 *   active on `day` and were, under the same filter, last active on `previous_day` (null: never)
 * - `item_days.parquet` `source, day, item, interactions`, without the sums 0 and 1
 * - `item_spans.parquet` `source, span, item, interactions`, the same by spans of 64 days, so that long ranges read less
 * - `ratings.parquet` `source, category, day, rating, interactions`
 * - `first_recsys.parquet` `category, day, days_before, users`
 * - `weeks.parquet` `week, used_recsys, users, returned`
 * - `served.parquet` `list, hit, source, day, previous_day, users, interactions`: of each of the lists `served`, the users active after
 *   the data it was made from (`hit` false), and those who took one of the ten items it had for them (`hit` true)
 * - `impressions.parquet` `source, category, day, impressions, followed, converted, revenue`
 * - `catalogue.parquet` `item, item_id, title`, and `item_categories.parquet` `category, item`
 */
export const KpiContent = z.strictObject({
  hasTimestamps: z.boolean(),
  /** Null without timestamps. */
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
  interactions: z.int().nonnegative(),
  users: z.int().nonnegative(),
  items: z.int().nonnegative(),
  impressions: z.int().nonnegative(),
  sources: z.array(z.strictObject({ name: z.string(), interactions: z.int() })),
  categoryFeature: z.string().nullable(),
  categories: z.array(z.strictObject({ name: z.string(), items: z.int() })),
  titleFeature: z.string().nullable(),
  /** The lists that were made from earlier data, and up to when that went; the number of one is its place here. */
  served: z.array(z.strictObject({ execution: z.string(), dataUntil: z.iso.datetime() })),
  missing: z.array(Missing),
});
export type KpiContent = z.infer<typeof KpiContent>;
