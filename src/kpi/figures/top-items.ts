import { ITEM_IN_CATEGORY, itemLabel, type Kpi } from "./kpi.ts";

/** The items with the most interactions, by source. */
export const topItems: Kpi = {
  id: "top-items",
  title: "Top items by source",
  words:
    "The ten items that customers do most with, and how they get there. The figure is their share of all interactions. What is shown much is also found much: the top is not what customers like best.",
  formula: "interactions by item and source; the figure: those of the first ten items ÷ all",
  unit: "share",
  reading: "of all interactions",
  seriesUnit: "interactions",
  moreIsBetter: null,
  chart: "stacked bars",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: [],
  points: "labels",
  base: `
    SELECT item, n, total FROM (
      SELECT item, n, sum(n) OVER () AS total
      FROM (SELECT item, sum(interactions)::DOUBLE AS n FROM item_counts($from, $to)
        WHERE $source = 0 OR source = $source GROUP BY item)
      WHERE ${ITEM_IN_CATEGORY}
    ) ORDER BY n DESC, item LIMIT 10`,
  value: `SELECT sum(n) / any_value(total) AS value, coalesce(any_value(total), 0) AS rows FROM base`,
  series: `
    WITH parts AS (SELECT item, source, sum(interactions) AS n FROM item_counts($from, $to)
      WHERE ($source = 0 OR source = $source) AND item IN (SELECT item FROM base) GROUP BY ALL)
    SELECT sources.name, ${itemLabel("code")} AS label, coalesce(parts.n, 0) AS value
    FROM base JOIN catalogue USING (item)
      JOIN sources ON code IN (SELECT source FROM parts)
      LEFT JOIN parts ON parts.item = base.item AND source = code
    ORDER BY code, base.n DESC, base.item`,
  table: `
    SELECT row_number() OVER (ORDER BY n DESC, item) AS rank, item_id, coalesce(title, '') AS title, n AS interactions,
      n / total AS share
    FROM base JOIN catalogue USING (item) ORDER BY rank`,
};
