import { IN_SCOPE, IN_SCOPE_BY_SOURCE, type Kpi } from "./kpi.ts";

/** The mean explicit rating by source. */
export const meanRating: Kpi = {
  id: "mean-rating",
  title: "Mean rating by source",
  words:
    "How well customers like what they find in each way. Customers choose where they look and what they rate, so a difference between sources may come from who uses them.",
  formula: "sum of the ratings ÷ number of ratings, by source",
  unit: "rating",
  reading: "on average",
  moreIsBetter: true,
  chart: "bars",
  sourcesAre: "labels",
  filters: ["source", "category"],
  needs: ["ratings"],
  points: "labels",
  value: `
    SELECT sum(rating * interactions) / sum(interactions) AS value, coalesce(sum(interactions), 0) AS rows
    FROM ratings WHERE ${IN_SCOPE}`,
  series: `
    SELECT 'mean rating' AS name, sources.name AS label, sum(rating * interactions) / sum(interactions) AS value
    FROM ratings JOIN sources ON code = source
    WHERE ${IN_SCOPE_BY_SOURCE}
    GROUP BY code, sources.name ORDER BY code`,
};
