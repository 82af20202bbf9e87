import { ALL } from "../rollup/codes.ts";
import { type Kpi, ofSources } from "./kpi.ts";

/** The recommender's share of the interactions. */
export const recsysShare: Kpi = {
  id: "recsys-share",
  title: "Share of interactions through recommendations",
  words:
    "How much of what customers do begins at a recommendation. It does not say how much of it would not have happened without: some would have found the item in another way. Only an experiment tells that.",
  formula: "interactions with source “recsys” ÷ all interactions",
  unit: "share",
  reading: "of all interactions",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: ["category"],
  needs: ["sources"],
  points: "days",
  value: `
    SELECT coalesce(sum(interactions) FILTER (source = $recsys), 0) / nullif(sum(interactions) FILTER (source = ${ALL}), 0) AS value,
      coalesce(sum(interactions) FILTER (source = ${ALL}), 0) AS rows
    FROM daily WHERE ${ofSources(ALL, "$recsys")}`,
  series: `
    SELECT 'recsys' AS name, period(day, $step, $from) AS day,
      coalesce(sum(interactions) FILTER (source = $recsys), 0) / sum(interactions) FILTER (source = ${ALL}) AS value
    FROM daily WHERE ${ofSources(ALL, "$recsys")}
    GROUP BY 2 ORDER BY 2`,
};
