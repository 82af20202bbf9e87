import { IN_SCOPE, type Kpi, ofSources } from "./kpi.ts";

/** The share of interactions with new items. */
export const newItems: Kpi = {
  id: "new-items",
  title: "Share of new items",
  words:
    "How much of what customers do is with items that are new. An item is new for 30 days from its first interaction, whatever its source; when it was put on sale is not in the data. At the data’s beginning every item looks new.",
  formula:
    "interactions with items whose first interaction was at most 30 days before ÷ interactions",
  unit: "share",
  reading: "of interactions",
  moreIsBetter: null,
  chart: "lines",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: ["timestamps"],
  points: "days",
  value: `
    SELECT sum(new_item_interactions) / sum(interactions) AS value, coalesce(sum(interactions), 0) AS rows
    FROM daily WHERE ${IN_SCOPE}`,
  series: `
    SELECT name, period(day, $step, $from) AS day, sum(new_item_interactions) / sum(interactions) AS value
    FROM daily JOIN sources ON code = source
    WHERE ${ofSources("$drawn", "$compared")}
    GROUP BY code, name, 2 ORDER BY code DESC, 2`,
};
