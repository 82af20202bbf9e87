import type { Kpi } from "./kpi.ts";

const IN_RANGE = "category = $category AND day BETWEEN $from AND $to";

/** How long users take to follow their first recommendation. */
export const timeToRecsys: Kpi = {
  id: "time-to-recsys",
  title: "Time to the first followed recommendation",
  words:
    "Of the users who followed their first recommendation in the range: how many days after their first interaction that was. Users who never followed one are not in it, so a good figure may stand beside few users reached. Whoever came before the data begins looks as if they came on its first day.",
  formula:
    "day of a user’s first interaction with source “recsys” − day of the user’s first interaction; the figure is the least number of days that at least half of the users do not exceed",
  unit: "days",
  reading: "for half of the users, or less",
  seriesUnit: "users",
  moreIsBetter: false,
  chart: "bars",
  sourcesAre: null,
  filters: ["category"],
  needs: ["timestamps", "sources"],
  points: "labels",
  value: `
    SELECT min(days_before) FILTER (2 * upto >= users) AS value, coalesce(max(users), 0) AS rows
    FROM (SELECT days_before, sum(n) OVER (ORDER BY days_before) AS upto, sum(n) OVER () AS users
      FROM (SELECT days_before, sum(users) AS n FROM first_recsys WHERE ${IN_RANGE} GROUP BY days_before))`,
  series: `
    SELECT 'users' AS name, label, coalesce(sum(users), 0) AS value
    FROM (VALUES (0, 0, 'same day'), (1, 7, '1 to 7 days'), (8, 30, '8 to 30 days'), (31, 90, '31 to 90 days'),
        (91, 9999999, 'more than 90 days')) AS spans(least, most, label)
      LEFT JOIN (SELECT * FROM first_recsys WHERE ${IN_RANGE}) ON days_before BETWEEN least AND most
    GROUP BY least, label ORDER BY least`,
};
