import { IN_SCOPE, IN_SCOPE_BY_SOURCE, type Kpi } from "./kpi.ts";

/** The share of impressions that are followed, by source. */
export const clickThrough: Kpi = {
  id: "click-through",
  title: "Click-through rate by source",
  words:
    "How often what was shown was followed: by an interaction of that user with that item within 24 hours. The interaction may have had another occasion, and one interaction can follow several impressions. Impressions of the last day have not had their 24 hours yet.",
  formula:
    "impressions with an interaction of the same user with the same item from their time to 24 hours after ÷ impressions, by source",
  unit: "share",
  reading: "of impressions were followed",
  moreIsBetter: true,
  chart: "bars",
  sourcesAre: "labels",
  filters: ["source", "category"],
  needs: ["timestamps", "impressions"],
  points: "labels",
  value: `
    SELECT sum(followed) / sum(impressions) AS value, coalesce(sum(impressions), 0) AS rows
    FROM impressions WHERE ${IN_SCOPE}`,
  series: `
    SELECT 'click-through rate' AS name, sources.name AS label, sum(followed) / sum(impressions) AS value
    FROM impressions JOIN sources ON code = source
    WHERE ${IN_SCOPE_BY_SOURCE}
    GROUP BY code, sources.name ORDER BY code`,
};
