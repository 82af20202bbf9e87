import { ALL } from "../rollup/codes.ts";
import { firstSince, type Kpi, ofSources } from "./kpi.ts";

const REACHED = ofSources("$recsys");

/** Distinct items that recommendations brought customers to. */
export const itemsReached: Kpi = {
  id: "items-reached",
  title: "Items reached by recommendations",
  words:
    "How many different items customers came to through recommendations, beside all that they came to. An item that was recommended and never followed is not among them.",
  formula: "number of different items with at least one interaction with source “recsys”",
  unit: "items",
  reading: "different items",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: ["category"],
  needs: ["sources"],
  points: "days",
  emptyValue: 0,
  value: `
    SELECT coalesce(sum(items), 0) AS value,
      (SELECT coalesce(sum(interactions), 0) FROM daily WHERE ${REACHED}) AS rows
    FROM active_items WHERE ${REACHED} AND ${firstSince("$from")}`,
  series: `
    SELECT CASE source WHEN ${ALL} THEN 'all active items' ELSE 'reached by recommendations' END AS name,
      first AS day, sum(items) AS value
    FROM (SELECT *, period(day, $step, $from) AS first FROM active_items WHERE ${ofSources(ALL, "$recsys")})
    WHERE ${firstSince("first")} GROUP BY source, first ORDER BY source DESC, first`,
};
