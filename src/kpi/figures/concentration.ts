import { OTHERS } from "../rollup/codes.ts";
import { ITEM_IN_CATEGORY, type Kpi } from "./kpi.ts";

/*
 * With n items, of which m of c interactions each follow s of fewer: Σ (2i − n − 1) xᵢ over their places i is
 * c m (2s + m − n). Items without any interaction come first and add nothing, but count.
 */
const GINI = `
  WITH placed AS (
    SELECT of_recsys, n, m, all_items,
      all_items - sum(m) OVER (PARTITION BY of_recsys) + sum(m) OVER (PARTITION BY of_recsys ORDER BY n) - m AS s
    FROM base, (SELECT items AS all_items FROM categories WHERE code = $category)
  )
  SELECT of_recsys, sum(n * m * (2 * s + m - all_items)) / (any_value(all_items) * sum(n * m)) AS gini, sum(n * m) AS rows
  FROM placed GROUP BY of_recsys`;

/** How unequally the interactions are spread over the items. */
export const concentration: Kpi = {
  id: "concentration",
  title: "Concentration on few items (Gini)",
  words:
    "How unequally interactions are spread over the catalogue: 0 if all items get the same, close to 1 if a few get everything. A recommender that only shows what sells anyway is higher than the other ways to an item. Fewer interactions look more concentrated, as they reach fewer items.",
  formula:
    "Gini coefficient Σᵢ (2i − n − 1) xᵢ ÷ (n Σᵢ xᵢ) of the interactions x of the n items of the catalogue (of the category), fewest first; items without any count",
  unit: "index",
  reading: "0 is even, 1 is all on one item",
  moreIsBetter: false,
  chart: "bars",
  sourcesAre: "labels",
  filters: ["category"],
  needs: ["sources"],
  points: "labels",
  base: `
    SELECT of_recsys, n, count(*) AS m FROM (
      SELECT item, source = $recsys AS of_recsys, sum(interactions)::DOUBLE AS n
      FROM item_counts($from, $to) GROUP BY ALL
    ) WHERE ${ITEM_IN_CATEGORY}
    GROUP BY of_recsys, n`,
  value: `SELECT max(gini) FILTER (of_recsys) AS value, coalesce(max(rows) FILTER (of_recsys), 0) AS rows FROM (${GINI})`,
  series: `
    SELECT 'Gini coefficient' AS name, sources.name AS label, gini AS value
    FROM sources LEFT JOIN (${GINI}) ON of_recsys = (code = $recsys)
    WHERE code IN ($recsys, ${OTHERS}) ORDER BY code DESC`,
};
