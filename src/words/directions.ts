/**
 * Whether more of a KPI is better, as a shop would judge it. Those that are left out say nothing by themselves: a sale
 * moves the interactions, new stock the share of new items.
 */
const MORE_IS_BETTER: Readonly<Record<string, boolean>> = {
  "recsys-share": true,
  "active-users": true,
  "users-reached": true,
  "interactions-per-user": true,
  "time-to-recsys": false,
  retention: true,
  "hit-rate": true,
  "click-through": true,
  conversion: true,
  revenue: true,
  "items-reached": true,
  "catalogue-coverage": true,
  concentration: false,
  "mean-rating": true,
};

/** Is more of it better? `undefined` where that cannot be said. */
export function moreIsBetter(kpiId: string): boolean | undefined {
  return MORE_IS_BETTER[kpiId];
}
