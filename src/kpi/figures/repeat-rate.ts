import { IN_SCOPE, type Kpi, ofSources } from "./kpi.ts";

/** The share of interactions with an item that the user had before. */
export const repeatRate: Kpi = {
  id: "repeat-rate",
  title: "Repeat rate",
  words:
    "How often customers come back to an item they already had. High is good for coffee and bad for films: what it should be depends on what is sold. Before counts whatever the source, since the data began.",
  formula:
    "interactions of a user with an item that the same user had in an earlier row ÷ interactions",
  unit: "share",
  reading: "of interactions",
  moreIsBetter: null,
  chart: "lines",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: [],
  points: "days",
  value: `
    SELECT sum(repeats) / sum(interactions) AS value, coalesce(sum(interactions), 0) AS rows
    FROM daily WHERE ${IN_SCOPE}`,
  series: `
    SELECT name, period(day, $step, $from) AS day, sum(repeats) / sum(interactions) AS value
    FROM daily JOIN sources ON code = source
    WHERE ${ofSources("$drawn", "$compared")}
    GROUP BY code, name, 2 ORDER BY code DESC, 2`,
};
