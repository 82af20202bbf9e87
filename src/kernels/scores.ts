import type { Matrix, SparseRows } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkSparse, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** What is done with a block of scores: R users by N items. */
export interface Scores {
  /**
   * The k best columns of every row, best first; of equal scores the larger column first. NaN, −∞ and excluded
   * columns never appear.
   *
   * @param scores - (R, N)
   * @param k - length of a list
   * @param excluded - R lists of columns, ascending within a row
   * @param outIndices - (R · k), 0xffffffff where there are fewer than k
   * @param outScores - (R · k), −∞ where there are fewer than k
   * @param outCounts - (R), how many there are
   */
  topK(
    scores: Matrix,
    k: number,
    excluded: SparseRows | undefined,
    outIndices: Uint32Array,
    outScores: Float32Array,
    outCounts: Uint32Array,
  ): void;
  /** out[r] = log Σ_j exp(scores[r, j]), without overflow; −∞ for a row that is empty or all −∞. */
  logSumExpRows(out: Float32Array, scores: Matrix): void;
  /** out[r, j] = input[r, j] · scale + bias[j]; without an input, of what stands in out. */
  addRow(out: Matrix, bias: Float32Array, scale: number, input?: Matrix): void;
  /** out[i] = exp(input[i]), at most 2 units in the last place off. out may be input. */
  exp(out: Float32Array, input: Float32Array): void;
}

/** Numbers below which a thread's share of a plain pass is not worth its waking. */
const CHUNK_NUMBERS = 16_384;

/** The operations on scores over a memory, run by a team. */
export function scoring(memory: KernelMemory, team: Team): Scores {
  const { address } = memory;
  const chunkRows = ({ columns }: Matrix): number =>
    Math.ceil(CHUNK_NUMBERS / Math.max(1, columns));

  return {
    topK(scores, k, excluded, outIndices, outScores, outCounts) {
      const { rows } = scores;
      check(Number.isInteger(k) && k >= 0, "topK", `k must be a whole number, got ${k}`);
      check(
        outIndices.length >= rows * k && outScores.length >= rows * k && outCounts.length >= rows,
        "topK",
        `${rows} rows of ${k} do not fit in ${outIndices.length} indices, ${outScores.length} scores and ${outCounts.length} counts`,
      );
      if (excluded !== undefined) checkSparse("topK", excluded, rows);
      memory.lend(rows * k * 16, (room) => {
        team.run("topK", rows, chunkRows(scores), [
          address(scores.values),
          scores.columns,
          k,
          address(excluded?.offsets),
          address(excluded?.indices),
          excluded?.indices.length ?? 0,
          address(outIndices),
          address(outScores),
          address(outCounts),
          room,
        ]);
      });
    },
    logSumExpRows(out, scores) {
      check(
        out.length >= scores.rows,
        "logSumExpRows",
        `${scores.rows} rows do not fit in out of ${out.length}`,
      );
      team.run("logSumExpRows", scores.rows, chunkRows(scores), [
        address(out),
        address(scores.values),
        scores.columns,
      ]);
    },
    addRow(out, bias, scale, input = out) {
      check(
        input.rows === out.rows && input.columns === out.columns,
        "addRow",
        `out ${shape(out)} and input ${shape(input)} must have the same shape`,
      );
      check(
        bias.length >= out.columns,
        "addRow",
        `out ${shape(out)} needs a bias for every column, got ${bias.length}`,
      );
      team.run("addRow", out.rows, chunkRows(out), [
        address(out.values),
        address(input.values),
        out.columns,
        address(bias),
        scale,
      ]);
    },
    exp(out, input) {
      check(
        out.length >= input.length,
        "exp",
        `${input.length} numbers do not fit in out of ${out.length}`,
      );
      team.run("exp", input.length, CHUNK_NUMBERS, [address(out), address(input)]);
    },
  };
}
