import type { Kpi } from "./kpi.ts";

/** The sources' shares of the interactions over time. */
export const sourceShares: Kpi = {
  id: "source-shares",
  title: "Where interactions come from",
  words:
    "Each source's share of the interactions. The figure above it is the share that has a known source: what is unattributed may have come from anywhere, the recommender included.",
  formula: "interactions of a source ÷ all interactions; above: those with a source ÷ all",
  unit: "share",
  reading: "of interactions have a known source",
  moreIsBetter: null,
  chart: "stacked bars",
  sourcesAre: "series",
  filters: ["category"],
  needs: ["sources"],
  points: "days",
  value: `
    SELECT coalesce(sum(interactions) FILTER (name != 'unattributed'), 0) / sum(interactions) AS value,
      coalesce(sum(interactions), 0) AS rows
    FROM daily JOIN sources ON code = source
    WHERE source >= 2 AND category = $category AND day BETWEEN $from AND $to`,
  series: `
    SELECT name, first AS day, sum(interactions) / sum(sum(interactions)) OVER (PARTITION BY first) AS value
    FROM (SELECT source, interactions, period(day, $step, $from) AS first FROM daily
        WHERE source >= 2 AND category = $category AND day BETWEEN $from AND $to)
      JOIN sources ON code = source
    GROUP BY code, name, first ORDER BY code, first`,
};
