import { setImmediate } from "node:timers/promises";

import type { Matrix, SparseRows } from "../../kernels/index.ts";
import type { Progress } from "../../schema/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import type { RankingKernels } from "./ranking-kernels.ts";

/** Users scored at once: bounds the memory, whatever the number of users. */
const BLOCK = 256;

/** What every scorer ranks alike. */
export interface RankingTask {
  readonly users: Uint32Array;
  /** Longest list. */
  readonly k: number;
  /** What each user already has; never ranked. */
  readonly masked: Histories;
  /** (items) 1 where an item may be ranked; all where left out. */
  readonly candidates?: Uint8Array | undefined;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** The best items of U users, best first. */
export interface Rankings {
  readonly k: number;
  /** (U) length of each list: below k where fewer candidates exist. */
  readonly counts: Uint32Array;
  /** (U, k) item indices */
  readonly items: Uint32Array;
  /** (U, k) their scores */
  readonly scores: Float32Array;
  /** (U) log Σᵢ exp(score), over all items of the catalogue. */
  readonly logSumExp: Float64Array;
}

/** A block of users whose rows of the rankings have just been filled. */
export interface RankedBlock {
  /** The first user's row of the rankings. */
  readonly start: number;
  /** (B) user indices */
  readonly users: Uint32Array;
  /** (B, items) scores of all items */
  readonly scores: Float32Array;
  readonly rankings: Rankings;
}

/** Ranks all candidates for every user, block by block in memory of its own. */
export class Ranker {
  readonly #kernels: RankingKernels;
  readonly #task: RankingTask;
  readonly #scores: Matrix;
  readonly #logSumExp: Float32Array;
  readonly #top: { indices: Uint32Array; scores: Float32Array; counts: Uint32Array };

  constructor(kernels: RankingKernels, task: RankingTask) {
    this.#kernels = kernels;
    this.#task = task;
    this.#scores = kernels.matrix(BLOCK, task.masked.items);
    this.#logSumExp = kernels.float32(BLOCK);
    this.#top = {
      indices: kernels.uint32(BLOCK * task.k),
      scores: kernels.float32(BLOCK * task.k),
      counts: kernels.uint32(BLOCK),
    };
  }

  /**
   * Ranks the task's users.
   *
   * @param scorer - ranks them
   * @param visit - sees every block while its scores are at hand
   * @throws RangeError if the scorer gives NaN or infinity
   */
  async rank(scorer: Scorer, visit?: (block: RankedBlock) => void): Promise<Rankings> {
    const { users, k, signal, report } = this.#task;
    const rankings: Rankings = {
      k,
      counts: new Uint32Array(users.length),
      items: new Uint32Array(users.length * k),
      scores: new Float32Array(users.length * k),
      logSumExp: new Float64Array(users.length),
    };
    for (let start = 0; start < users.length; start += BLOCK) {
      await setImmediate(); // lets an abort through
      signal.throwIfAborted();
      const block = users.subarray(start, start + BLOCK);
      this.#rankBlock(scorer, block, start, rankings);
      visit?.({ start, users: block, scores: this.#scores.values, rankings });
      report({
        activity: `rank by ${scorer.name}`,
        done: start + block.length,
        total: users.length,
        unit: "users",
      });
    }
    return rankings;
  }

  #rankBlock(scorer: Scorer, users: Uint32Array, start: number, rankings: Rankings): void {
    const { k } = this.#task;
    const { columns, values } = this.#scores;
    const rows = users.length;
    scorer.score(users, values);
    const block = { rows, columns, values: values.subarray(0, rows * columns) };
    this.#kernels.logSumExpRows(this.#logSumExp, block);
    rankings.logSumExp.set(this.#logSumExp.subarray(0, rows), start);
    if (!rankings.logSumExp.subarray(start, start + rows).every(Number.isFinite)) {
      throw new RangeError(`the scorer "${scorer.name}" gave a score that is no finite number`);
    }

    const { indices, scores, counts } = this.#top;
    const mark = this.#kernels.mark();
    const excluded = this.#excludedColumns(users);
    this.#kernels.topK(block, k, excluded, indices, scores, counts);
    this.#kernels.reset(mark);
    rankings.items.set(indices.subarray(0, rows * k), start * k);
    rankings.scores.set(scores.subarray(0, rows * k), start * k);
    rankings.counts.set(counts.subarray(0, rows), start);
  }

  #excludedColumns(users: Uint32Array): SparseRows {
    const { masked, candidates } = this.#task;
    const rows = Array.from(users, (user) => {
      const seen = masked.itemIndices.slice(masked.offsets[user], masked.offsets[user + 1]);
      return candidates === undefined ? seen.sort() : seenOrNoCandidate(seen, candidates);
    });
    const offsets = this.#kernels.uint32(users.length + 1);
    rows.forEach((row, r) => (offsets[r + 1] = offsets[r]! + row.length));
    const indices = this.#kernels.uint32(offsets[users.length]!);
    rows.forEach((row, r) => {
      indices.set(row, offsets[r]);
    });
    return { offsets, indices };
  }
}

/** One user's list. */
export function listOf(rankings: Rankings, row: number): Uint32Array {
  const start = row * rankings.k;
  return rankings.items.subarray(start, start + rankings.counts[row]!);
}

function seenOrNoCandidate(seen: Uint32Array, candidates: Uint8Array): Uint32Array {
  const open = Uint8Array.from(candidates);
  for (const item of seen) open[item] = 0;
  const columns = new Uint32Array(open.length);
  let count = 0;
  for (let item = 0; item < open.length; item++) if (open[item] === 0) columns[count++] = item;
  return columns.subarray(0, count);
}
