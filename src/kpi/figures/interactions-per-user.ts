import { firstSince, IN_SCOPE, type Kpi, ROWS_IN_SCOPE } from "./kpi.ts";

/** Interactions per active user. */
export const interactionsPerUser: Kpi = {
  id: "interactions-per-user",
  title: "Interactions per active user",
  words:
    "How much an active user does. A few heavy users can move the mean, and a longer range gives more per user: compare ranges of the same length.",
  formula: "interactions ÷ different users with at least one of them",
  unit: "interactions per user",
  reading: "interactions a user",
  moreIsBetter: true,
  chart: "lines",
  sourcesAre: "series",
  filters: ["source", "category"],
  needs: [],
  points: "days",
  value: `
    SELECT ${ROWS_IN_SCOPE} / nullif(sum(users), 0) AS value, ${ROWS_IN_SCOPE} AS rows
    FROM active_users WHERE ${IN_SCOPE} AND ${firstSince("$from")}`,
  series: `
    SELECT name, u.first AS day, interactions / users AS value
    FROM (SELECT first, sum(users) AS users FROM (
          SELECT *, period(day, $step, $from) AS first FROM active_users WHERE ${IN_SCOPE}
        ) WHERE ${firstSince("first")} GROUP BY first) AS u
      JOIN (SELECT period(day, $step, $from) AS first, sum(interactions) AS interactions
        FROM daily WHERE ${IN_SCOPE} GROUP BY 1) AS i ON u.first = i.first
      JOIN sources ON code = $source
    ORDER BY 2`,
};
