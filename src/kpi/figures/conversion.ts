import { IN_SCOPE, IN_SCOPE_BY_SOURCE, type Kpi } from "./kpi.ts";

/** The share of impressions that bring something in, by source. */
export const conversion: Kpi = {
  id: "conversion",
  title: "Conversion by source",
  words:
    "How often what was shown ended in something of value, as impressions.csv records it. What the file does not attribute to an impression is not in it.",
  formula: "impressions with a value above 0 ÷ impressions, by source",
  unit: "share",
  reading: "of impressions brought something in",
  moreIsBetter: true,
  chart: "bars",
  sourcesAre: "labels",
  filters: ["source", "category"],
  needs: ["impressions"],
  points: "labels",
  value: `
    SELECT sum(converted) / sum(impressions) AS value, coalesce(sum(impressions), 0) AS rows
    FROM impressions WHERE ${IN_SCOPE}`,
  series: `
    SELECT 'conversion' AS name, sources.name AS label, sum(converted) / sum(impressions) AS value
    FROM impressions JOIN sources ON code = source
    WHERE ${IN_SCOPE_BY_SOURCE}
    GROUP BY code, sources.name ORDER BY code`,
};
