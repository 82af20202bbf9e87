import type { RecSysConfig } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { threadsFor } from "../threads.ts";
import { Scratch } from "../rows/scratch.ts";
import { readServedModel } from "./served-model.ts";

/** Where an item stands for a user. */
export interface ItemRank {
  /** From 1 on, among the user's novel items; among all items when the user has seen it. */
  readonly rank: number;
  /** How many items were ranked. */
  readonly of: number;
  readonly probability: number;
  readonly seen: boolean;
}

/** Ranks any item for any user, as the transform has ranked the best. */
export interface Ranking {
  /** Of equal probabilities the larger index comes first (A16). */
  rankOf(user: number, item: number): ItemRank;
  close(): Promise<void>;
}

/** Opens the served fit of a model for some processed data; it takes what a shard of the transform takes. */
export async function openRanking(
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
  config: Pick<RecSysConfig, "training" | "transform">,
): Promise<Ranking> {
  const kernels = await openCoreKernels(threadsFor(config.training));
  try {
    const model = await readServedModel(kernels, bucket, executions, config);
    const scratch = new Scratch(kernels);
    const { items, seen: history } = model;
    return {
      rankOf(user, item) {
        const scores = scratch.matrix("ranking.scores", 1, items);
        model.scorer.score(Uint32Array.of(user), scores.values);
        const normalisers = scratch.float32("ranking.normalisers", 1);
        kernels.logSumExpRows(normalisers, scores);
        const known = new Set(
          history.itemIndices.subarray(history.offsets[user], history.offsets[user + 1]),
        );
        const probability = model.calibrator.forActivity(known.size);
        const probabilityOf = (other: number): number =>
          Math.fround(probability(scores.values[other]! - normalisers[0]!));
        const own = probabilityOf(item);
        const seen = known.has(item);
        let rank = 1;
        for (let other = 0; other < items; other++) {
          if (!seen && known.has(other)) continue;
          const value = probabilityOf(other);
          if (value > own || (value === own && other > item)) rank++;
        }
        return { rank, of: seen ? items : items - known.size, probability: own, seen };
      },
      close: () => kernels.close(),
    };
  } catch (error) {
    await kernels.close();
    throw error;
  }
}
