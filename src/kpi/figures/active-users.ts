import { firstSince, IN_SCOPE, type Kpi, ROWS_IN_SCOPE } from "./kpi.ts";

/** Distinct users over time. */
export const activeUsers: Kpi = {
  id: "active-users",
  title: "Active users",
  words:
    "How many different users did anything. Each counts once in the whole range, and once in each point: the points of a chart do not add up to the figure.",
  formula: "number of different users with at least one interaction",
  unit: "users",
  reading: "different users",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: [],
  points: "days",
  emptyValue: 0,
  value: `
    SELECT coalesce(sum(users), 0) AS value, ${ROWS_IN_SCOPE} AS rows
    FROM active_users WHERE ${IN_SCOPE} AND ${firstSince("$from")}`,
  series: `
    SELECT name, first AS day, sum(users) AS value
    FROM (SELECT *, period(day, $step, $from) AS first FROM active_users WHERE ${IN_SCOPE})
      JOIN sources ON code = source
    WHERE ${firstSince("first")} GROUP BY name, first ORDER BY first`,
};
