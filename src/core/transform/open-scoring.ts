import { setImmediate as others } from "node:timers/promises";

import { type Kernels, type Matrix, type SparseRows, subMatrix } from "../../kernels/index.ts";
import type { RecSysConfig } from "../../schema/index.ts";
import type { Bucket, RankedList } from "../../storage/index.ts";
import type { GivenInteraction } from "../data/index.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { Scratch } from "../rows/scratch.ts";
import { seenRows } from "../rows/seen-rows.ts";
import { queryHistories } from "./query-histories.ts";
import { rankedList } from "./score-shard.ts";
import { readServedModel, type ServedModel } from "./served-model.ts";

/** Users scored at a time, as in the transform. */
const BLOCK = 128;

/** What is asked of a model: whose list, and what may be on it. */
export interface ScoringQuery {
  /** A user of the data by index, or what somebody interacted with, in the order of time; nothing of either is the cold user. */
  readonly of: number | readonly GivenInteraction[];
  readonly k: number;
  /** Leave out what the user has interacted with. */
  readonly novelOnly: boolean;
  /** Item indices that alone are ranked; by default all. */
  readonly candidates?: ReadonlySet<number>;
}

/** A list that answers a query; `isCold` where the model knows nothing of the user. */
export interface ScoredList extends RankedList {
  readonly isCold: boolean;
}

/** Scores users as they are asked for, the known as the transform has and others from what they did. */
export interface Scoring {
  /** The lists of the queries, in their order. Other work gets its turn between blocks of {@link BLOCK} users. */
  rank(queries: readonly ScoringQuery[]): Promise<readonly ScoredList[]>;
  close(): Promise<void>;
}

/** Opens the served fit of a model for some processed data, in as much memory as a shard of the transform. */
export async function openScoring(
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
  config: {
    readonly threads: number;
    readonly transform: Pick<RecSysConfig["transform"], "probability" | "kMax">;
  },
): Promise<Scoring> {
  const kernels = await openCoreKernels(config.threads);
  try {
    const model = await readServedModel(kernels, bucket, executions, config);
    const scratch = new Scratch(kernels);
    return {
      async rank(queries) {
        const lists: ScoredList[] = [];
        for (let start = 0; start < queries.length; start += BLOCK) {
          if (start > 0) await others();
          lists.push(...rankBlock(kernels, scratch, model, queries.slice(start, start + BLOCK)));
        }
        return lists;
      },
      close: () => kernels.close(),
    };
  } catch (error) {
    await kernels.close();
    throw error;
  }
}

/** At most {@link BLOCK} queries, without a pause: the next block takes the same buffers. */
function rankBlock(
  kernels: Kernels,
  scratch: Scratch,
  { scorer, calibrator, seen, items, scale }: ServedModel,
  queries: readonly ScoringQuery[],
): readonly ScoredList[] {
  const asked = queryHistories(queries, seen, scale);
  const scores = scratch.matrix("scoring.scores", queries.length, items);
  scorer.score(Uint32Array.from(queries.keys()), scores.values, asked);
  const normalisers = scratch.float32("scoring.normalisers", queries.length);
  kernels.logSumExpRows(normalisers, scores);
  return queries.map(({ k, novelOnly, candidates }, r) => {
    const own = seenRows(asked, Uint32Array.of(r), scratch);
    const activity = own.indices.length;
    const probability = calibrator.forActivity(activity);
    const best = candidates === undefined ? bestOfAll : bestOf(candidates);
    const list = best({
      scratch,
      scores: subMatrix(scores, 1, r),
      k: Math.min(k, items),
      excluded: novelOnly ? own : undefined,
      probability: (score) => Math.fround(probability(score - normalisers[r]!)),
    });
    return { ...list, isCold: activity === 0 };
  });
}

/** What one list is made of. */
interface ListParts {
  readonly scratch: Scratch;
  /** (1, I) */
  readonly scores: Matrix;
  readonly k: number;
  readonly excluded: SparseRows | undefined;
  readonly probability: (score: number) => number;
}

/** As the transform makes its lists. */
function bestOfAll({ scratch, scores, k, excluded, probability }: ListParts): RankedList {
  const indices = scratch.uint32("scoring.indices", k);
  const best = scratch.float32("scoring.best", k);
  const counts = scratch.uint32("scoring.counts", 1);
  scratch.kernels.topK(scores, k, excluded, indices, best, counts);
  const count = counts[0]!;
  return rankedList(indices.slice(0, count), best.slice(0, count).map(probability));
}

/** Of some items, by the same order: of equal probabilities the larger index first (A16). */
function bestOf(candidates: ReadonlySet<number>): (parts: ListParts) => RankedList {
  return ({ scores, k, excluded, probability }) => {
    const out = new Set(excluded?.indices);
    const ranked = [...candidates]
      .filter((item) => !out.has(item))
      .map((item) => ({ item, probability: probability(scores.values[item]!) }))
      .sort((a, b) => b.probability - a.probability || b.item - a.item)
      .slice(0, k);
    return {
      indices: Uint32Array.from(ranked, ({ item }) => item),
      probabilities: Float32Array.from(ranked, (entry) => entry.probability),
      count: ranked.length,
    };
  };
}
