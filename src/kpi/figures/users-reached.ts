import { ALL } from "../rollup/codes.ts";
import { firstSince, type Kpi, ofSources } from "./kpi.ts";

const REACHED = ofSources("$recsys");

/** Distinct users who followed a recommendation. */
export const usersReached: Kpi = {
  id: "users-reached",
  title: "Users reached by recommendations",
  words:
    "How many different users followed at least one recommendation, beside all who were active. Users who saw recommendations and followed none are not among them: without impressions nobody knows who saw what.",
  formula: "number of different users with at least one interaction with source “recsys”",
  unit: "users",
  reading: "different users",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: ["category"],
  needs: ["sources"],
  points: "days",
  emptyValue: 0,
  value: `
    SELECT coalesce(sum(users), 0) AS value,
      (SELECT coalesce(sum(interactions), 0) FROM daily WHERE ${REACHED}) AS rows
    FROM active_users WHERE ${REACHED} AND ${firstSince("$from")}`,
  series: `
    SELECT CASE source WHEN ${ALL} THEN 'all active users' ELSE 'reached by recommendations' END AS name,
      first AS day, sum(users) AS value
    FROM (SELECT *, period(day, $step, $from) AS first FROM active_users WHERE ${ofSources(ALL, "$recsys")})
    WHERE ${firstSince("first")} GROUP BY source, first ORDER BY source DESC, first`,
};
