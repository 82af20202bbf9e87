import type { Kpi } from "./kpi.ts";

/** Weeks from Monday that lie in the range, and whose next week has ended before the data does. */
const WEEKS = "week * 7 - 3 >= $from AND week * 7 + 3 <= $to AND week * 7 + 10 <= $last";

/** Whether users come back in the next week, apart by whether they followed a recommendation. */
export const retention: Kpi = {
  id: "retention",
  title: "Coming back in the next week",
  words:
    "Of the users active in a week: the share that is active again in the week after, apart by whether they followed a recommendation in the first. This is no effect of recommendations: users who do more have more occasions to follow one, and come back more anyway. Only an experiment, in which chance decides who gets recommendations, tells what they cause.",
  formula:
    "users active in week w and in week w + 1 ÷ users active in week w; weeks from Monday, whole ones within the range whose next week has ended",
  unit: "share",
  reading: "of those who followed a recommendation",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: [],
  needs: ["timestamps", "sources"],
  points: "weeks",
  value: `
    SELECT sum(returned) / sum(users) AS value,
      (SELECT coalesce(sum(interactions), 0) FROM daily
        WHERE source = 0 AND category = 0 AND (day + 3) // 7 IN (SELECT week FROM weeks WHERE ${WEEKS})) AS rows
    FROM weeks WHERE used_recsys AND ${WEEKS}`,
  series: `
    SELECT CASE WHEN used_recsys THEN 'followed a recommendation' ELSE 'followed none' END AS name,
      week * 7 - 3 AS day, returned / users AS value
    FROM weeks WHERE ${WEEKS} ORDER BY used_recsys DESC, week`,
};
