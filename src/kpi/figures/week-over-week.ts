import { firstSince, type Kpi } from "./kpi.ts";

/** The SQL query for both weeks' sum of a column of the daily figures. */
function daily(label: string, column: string, source: string): string {
  return `SELECT '${label}' AS figure,
      sum(${column}) FILTER (day >= $from) AS now, sum(${column}) FILTER (day < $from) AS before
    FROM daily WHERE source = ${source} AND category = $category AND day BETWEEN $before_from AND $to`;
}

/** The SQL query for both weeks' distinct count. */
function distinct(label: string, entity: "users" | "items", source: string): string {
  return `SELECT '${label}' AS figure,
      sum(${entity}) FILTER (day >= $from AND ${firstSince("$from")}) AS now,
      sum(${entity}) FILTER (day < $from AND ${firstSince("$before_from")}) AS before
    FROM active_${entity} WHERE source = ${source} AND category = $category AND day BETWEEN $before_from AND $to`;
}

const FIGURES = [
  daily("interactions", "interactions", "0"),
  daily("interactions through recommendations", "interactions", "$recsys"),
  distinct("active users", "users", "0"),
  distinct("users reached by recommendations", "users", "$recsys"),
  distinct("items with interactions", "items", "0"),
  distinct("items reached by recommendations", "items", "$recsys"),
  daily("interactions with new items", "new_item_interactions", "0"),
  daily("repeated interactions", "repeats", "0"),
];
const COMPARED = FIGURES.map(
  (sql, place) =>
    `SELECT ${place} AS place, figure, coalesce(now, 0) AS now, coalesce(before, 0) AS before FROM (${sql})`,
).join("\n    UNION ALL ");

/** The main figures of the last seven days against the seven before. */
export const weekOverWeek: Kpi = {
  id: "week-over-week",
  title: "This week against the week before",
  words:
    "The main figures of the last seven days of the range against the seven days before. One week is short: holidays and chance move it. The figure is the change of the interactions.",
  formula: "(last seven days − the seven days before) ÷ the seven days before",
  unit: "change",
  reading: "interactions",
  moreIsBetter: null,
  chart: "table",
  sourcesAre: null,
  filters: ["category"],
  needs: ["timestamps"],
  points: "labels",
  lastDays: 7,
  comparesPeriods: true,
  value: `
    SELECT coalesce(now, 0) / nullif(before, 0) - 1 AS value, coalesce(now, 0) + coalesce(before, 0) AS rows
    FROM (${FIGURES[0]!})`,
  series: `
    SELECT 'change' AS name, figure AS label, now / nullif(before, 0) - 1 AS value
    FROM (${COMPARED}) ORDER BY place`,
  table: `
    SELECT figure, now AS "last seven days", before AS "seven days before", now / nullif(before, 0) - 1 AS change
    FROM (${COMPARED}) ORDER BY place`,
};
