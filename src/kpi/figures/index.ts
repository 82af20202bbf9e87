import { activeUsers } from "./active-users.ts";
import { catalogueCoverage } from "./catalogue-coverage.ts";
import { clickThrough } from "./click-through.ts";
import { concentration } from "./concentration.ts";
import { conversion } from "./conversion.ts";
import { hitRate } from "./hit-rate.ts";
import { interactionsPerUser } from "./interactions-per-user.ts";
import { interactions } from "./interactions.ts";
import { itemsReached } from "./items-reached.ts";
import type { Kpi } from "./kpi.ts";
import { meanRating } from "./mean-rating.ts";
import { movers } from "./movers.ts";
import { newItems } from "./new-items.ts";
import { recsysShare } from "./recsys-share.ts";
import { repeatRate } from "./repeat-rate.ts";
import { retention } from "./retention.ts";
import { revenue } from "./revenue.ts";
import { sourceShares } from "./source-shares.ts";
import { timeToRecsys } from "./time-to-recsys.ts";
import { topItems } from "./top-items.ts";
import { usersReached } from "./users-reached.ts";
import { weekOverWeek } from "./week-over-week.ts";

export type { Kpi } from "./kpi.ts";

/** Every KPI, in the order in which a dashboard shows them. */
export const KPIS: readonly Kpi[] = [
  recsysShare,
  interactions,
  sourceShares,
  weekOverWeek,
  activeUsers,
  usersReached,
  interactionsPerUser,
  timeToRecsys,
  retention,
  hitRate,
  clickThrough,
  conversion,
  revenue,
  itemsReached,
  catalogueCoverage,
  concentration,
  newItems,
  repeatRate,
  meanRating,
  topItems,
  movers,
];
