import { firstSince, type Kpi } from "./kpi.ts";

const IN_RANGE = "source = $source AND day BETWEEN $from AND $to";

/** How often users took what had been recommended to them. */
export const hitRate: Kpi = {
  id: "hit-rate",
  title: "Hit rate of recommendations",
  words:
    "Of the users who were active after a list of recommendations was made: the share that took at least one of the first ten items that it had for them and that were new to them. What was shown is more likely to be taken, and nobody knows who saw the list: it tells that list and behaviour agree, not that one led to the other. Older lists are compared with more time.",
  formula:
    "users with an interaction with one of their ten items after the list’s data ended ÷ users known to it with any interaction after; over the kept lists, the newest 20 at most",
  unit: "share",
  reading: "of active users took one of their ten",
  moreIsBetter: true,
  chart: "bars",
  sourcesAre: null,
  filters: ["source"],
  needs: ["timestamps", "served"],
  points: "labels",
  value: `
    SELECT coalesce(sum(users) FILTER (hit AND ${firstSince("$from")}), 0)
        / nullif(sum(users) FILTER (NOT hit AND ${firstSince("$from")}), 0) AS value,
      coalesce(sum(interactions) FILTER (NOT hit), 0) AS rows
    FROM served WHERE ${IN_RANGE}`,
  series: `
    SELECT 'hit rate' AS name, execution AS label,
      coalesce(sum(users) FILTER (hit), 0) / nullif(sum(users) FILTER (NOT hit), 0) AS value
    FROM lists LEFT JOIN (SELECT * FROM served WHERE ${IN_RANGE} AND ${firstSince("$from")}) USING (list)
    GROUP BY list, execution ORDER BY list`,
  table: `
    SELECT execution AS list, coalesce(sum(users) FILTER (NOT hit), 0) AS "users active after",
      coalesce(sum(users) FILTER (hit), 0) AS "users with a hit",
      coalesce(sum(users) FILTER (hit), 0) / nullif(sum(users) FILTER (NOT hit), 0) AS "hit rate"
    FROM lists AS l LEFT JOIN (SELECT * FROM served WHERE ${IN_RANGE} AND ${firstSince("$from")}) AS s ON l.list = s.list
    GROUP BY l.list, execution ORDER BY l.list`,
};
