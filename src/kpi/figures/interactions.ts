import { IN_SCOPE, IN_SCOPE_BY_SOURCE, type Kpi } from "./kpi.ts";

/** Interactions by source over time. */
export const interactions: Kpi = {
  id: "interactions",
  title: "Interactions by source",
  words:
    "How much customers do, and where they come from when they do it. More is not by itself better: a sale, a campaign or a holiday moves it as much as recommendations do.",
  formula: "number of interactions in the range, by source",
  unit: "interactions",
  reading: "interactions",
  moreIsBetter: null,
  chart: "stacked bars",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: [],
  points: "days",
  emptyValue: 0,
  value: `SELECT coalesce(sum(interactions), 0) AS value, value AS rows FROM daily WHERE ${IN_SCOPE}`,
  series: `
    SELECT name, period(day, $step, $from) AS day, sum(interactions) AS value
    FROM daily JOIN sources ON code = source
    WHERE ${IN_SCOPE_BY_SOURCE}
    GROUP BY code, name, 2 ORDER BY code, 2`,
};
