import { OTHERS } from "../rollup/codes.ts";
import { firstSince, type Kpi, ofSources } from "./kpi.ts";

/** The share of the catalogue that customers come to. */
export const catalogueCoverage: Kpi = {
  id: "catalogue-coverage",
  title: "Catalogue coverage",
  words:
    "Which share of the catalogue customers came to through recommendations, against the share they came to in other ways. More interactions cover more, so the two compare fairly only where they are about as many.",
  formula:
    "different items with an interaction of the kind ÷ items of the catalogue (of the category)",
  unit: "share",
  reading: "of the catalogue, through recommendations",
  moreIsBetter: true,
  chart: "bars",
  sourcesAre: "labels",
  filters: ["category"],
  needs: ["sources"],
  points: "labels",
  value: `
    SELECT coalesce(sum(active.items), 0) / nullif((SELECT items FROM categories WHERE code = $category), 0) AS value,
      (SELECT coalesce(sum(interactions), 0) FROM daily WHERE ${ofSources("$recsys")}) AS rows
    FROM active_items AS active
    WHERE ${ofSources("$recsys")} AND ${firstSince("$from")}`,
  series: `
    SELECT 'share of the catalogue' AS name, sources.name AS label,
      coalesce(sum(active.items), 0) / nullif((SELECT items FROM categories WHERE code = $category), 0) AS value
    FROM sources LEFT JOIN (SELECT * FROM active_items
      WHERE ${ofSources("$recsys", OTHERS)} AND ${firstSince("$from")}) AS active ON source = code
    WHERE code IN ($recsys, ${OTHERS}) GROUP BY code, sources.name ORDER BY code DESC`,
};
