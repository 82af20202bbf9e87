import type { GateMetric } from "../../../schema/index.ts";
import { averagePrecisionAtK } from "./average-precision.ts";
import { hitRateAtK } from "./hit-rate.ts";
import { ndcgAtK } from "./ndcg.ts";
import { precisionAtK } from "./precision.ts";
import { recallAtK } from "./recall.ts";
import { reciprocalRankAtK } from "./reciprocal-rank.ts";

/** One user's value of a ranking metric; `undefined` leaves the user out of the mean. */
export type RankingMetric = (
  ranking: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
) => number | undefined;

/** The ranking metrics, each a mean over the users with at least one relevant item. */
export const RANKING_METRICS: Readonly<Record<GateMetric, RankingMetric>> = {
  ndcg: ndcgAtK,
  recall: recallAtK,
  precision: precisionAtK,
  map: averagePrecisionAtK,
  mrr: reciprocalRankAtK,
  hitRate: hitRateAtK,
};

export { averagePrecisionAtK, hitRateAtK, ndcgAtK, precisionAtK, recallAtK, reciprocalRankAtK };
