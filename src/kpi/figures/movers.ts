import { ITEM_IN_CATEGORY, itemLabel, type Kpi } from "./kpi.ts";

const MOVED = `
  SELECT *, n - before AS change FROM (
    (SELECT * FROM base WHERE n > before ORDER BY n - before DESC, item LIMIT 10)
    UNION ALL
    (SELECT * FROM base WHERE n < before ORDER BY n - before, item LIMIT 10)
  )`;

/** The items that gained and lost most against the period before. */
export const movers: Kpi = {
  id: "movers",
  title: "Risers and fallers",
  words:
    "The ten items that gained most interactions against the period before, and the ten that lost most. Seasons, stock and prices move items too. The figure is the number of items that rose.",
  formula: "interactions of an item in the range − in as many days before it",
  unit: "items",
  reading: "items rose",
  seriesUnit: "interactions",
  moreIsBetter: null,
  chart: "bars",
  sourcesAre: null,
  filters: ["source", "category"],
  needs: ["timestamps"],
  points: "labels",
  comparesPeriods: true,
  base: `
    SELECT item, n, before FROM (
      SELECT item, sum(n)::DOUBLE AS n, sum(before)::DOUBLE AS before FROM (
        SELECT source, item, interactions AS n, 0 AS before FROM item_counts($from, $to)
        UNION ALL SELECT source, item, 0, interactions FROM item_counts($before_from, $before_to)
      ) WHERE $source = 0 OR source = $source GROUP BY item
    ) WHERE ${ITEM_IN_CATEGORY}`,
  value: `
    SELECT count(*) FILTER (n > before) AS value, coalesce(sum(n) + sum(before), 0) AS rows FROM base`,
  series: `
    SELECT 'change' AS name, ${itemLabel("1")} AS label, change AS value
    FROM (${MOVED}) JOIN catalogue USING (item) ORDER BY change DESC, item`,
  table: `
    SELECT item_id, coalesce(title, '') AS title, n AS interactions, before AS "period before", change
    FROM (${MOVED}) JOIN catalogue USING (item) ORDER BY change DESC, item`,
};
