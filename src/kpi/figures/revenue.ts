import { IN_SCOPE, IN_SCOPE_BY_SOURCE, type Kpi } from "./kpi.ts";

/** What impressions brought in, by source. */
export const revenue: Kpi = {
  id: "revenue",
  title: "Revenue by source",
  words:
    "What impressions brought in, as impressions.csv records it, in the file’s own currency, on the day of the impression. Part of it would have come without: it is revenue that recommendations touched, not revenue that they caused.",
  formula: "sum of the values of the impressions, by source",
  unit: "value",
  reading: "from impressions",
  moreIsBetter: true,
  chart: "stacked bars",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: ["impressions"],
  points: "days",
  emptyValue: 0,
  value: `
    SELECT coalesce(sum(revenue), 0) AS value, coalesce(sum(impressions), 0) AS rows
    FROM impressions WHERE ${IN_SCOPE}`,
  series: `
    SELECT sources.name, period(day, $step, $from) AS day, sum(revenue) AS value
    FROM impressions JOIN sources ON code = source
    WHERE ${IN_SCOPE_BY_SOURCE}
    GROUP BY code, sources.name, 2 ORDER BY code, 2`,
};
