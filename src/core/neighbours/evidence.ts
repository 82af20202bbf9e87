import type { Kernels, Matrix, SparseRows } from "../../kernels/index.ts";
import type { Histories, Tokens } from "../data/index.ts";
import { historyRows, type HistoryWeight } from "../rows/history-rows.ts";
import { Scratch } from "../rows/scratch.ts";
import type { WeightedRows } from "../rows/weighted-rows.ts";
import { contentMatrix } from "./content.ts";
import { defaultEaseOptions, easeMatrix, fitsEase } from "./ease-matrix.ts";
import { linearFilter } from "./linear-filter.ts";
import { transitions } from "./transitions.ts";

/** What users' histories say for every item, by a statistic of the interactions and not by training. */
export interface Evidence {
  /**
   * @param users - (B) user indices; one without a history has no evidence for anything
   * @param out - (B, I), overwritten; what is below 0 is no evidence
   * @param of - whose histories the users are of; by default those that the statistic is made of
   */
  gather(users: Uint32Array, out: Matrix, of?: Histories): void;
}

/** Entries kept of each row of an item matrix. */
const KEEP = 200;
/** Items of a history that a transition may come from. */
const LATEST = 20;

/** The linear model of the items: EASE, and where the catalogue is too large for it the pruned linear filter. */
export function linearEvidence(kernels: Kernels, history: Histories): Evidence {
  return fitsEase(history) ? easeEvidence(kernels, history) : filterEvidence(kernels, history);
}

/** Every item of the history speaks through EASE, as loudly as its pair counts in training. */
export function easeEvidence(
  kernels: Kernels,
  history: Histories,
  options = defaultEaseOptions(history),
): Evidence {
  const matrix = easeMatrix(kernels, history, options);
  const scratch = new Scratch(kernels);
  return {
    gather(users, out, of = history) {
      const weightOf: HistoryWeight = (_item, _age, _length, entry) => of.weights[entry]!;
      const rows = historyRows(of, users, Infinity, weightOf, scratch, "ease.history");
      kernels.gatherSum(out, rows, matrix);
    },
  };
}

/** Every item of the history speaks through the linear filter. */
export function filterEvidence(kernels: Kernels, history: Histories): Evidence {
  const { matrix, droppedOf } = linearFilter(kernels, history, KEEP);
  const scratch = new Scratch(kernels);
  return {
    gather(users, out, of = history) {
      const rows = historyRows(of, users, Infinity, () => 1, scratch, "linear.history");
      kernels.multiplySparse(out, withTail(rows, droppedOf, scratch), matrix);
    },
  };
}

/** The latest items speak for what usually follows them, the last one loudest: weight 1 / age. */
export function transitionEvidence(kernels: Kernels, history: Histories): Evidence {
  const matrix = transitions(kernels, history, KEEP);
  const scratch = new Scratch(kernels);
  const weightOf: HistoryWeight = (_item, age) => 1 / age;
  return {
    gather(users, out, of = history) {
      const rows = historyRows(of, users, LATEST, weightOf, scratch, "transition.history");
      kernels.multiplySparse(out, rows, matrix);
    },
  };
}

/** Items made of what the history is made of: the sum of the cosines of their tokens. */
export function contentEvidence(kernels: Kernels, history: Histories, tokens: Tokens): Evidence {
  const { tokensOf, itemsOf } = contentMatrix(kernels, tokens);
  const scratch = new Scratch(kernels);
  return {
    gather(users, out, of = history) {
      const rows = historyRows(of, users, Infinity, () => 1, scratch, "content.history");
      const profiles = scratch.matrix("content.profiles", users.length, tokens.count);
      kernels.multiplySparse(profiles, rows, tokensOf);
      kernels.multiplySparse(out, nonZero(profiles, scratch), itemsOf);
    },
  };
}

/** The rows with one more entry: the tail of the filter, as much of it as the row's items are due. */
function withTail(rows: WeightedRows, droppedOf: Float32Array, scratch: Scratch): WeightedRows {
  const count = rows.offsets.length - 1;
  const entries = rows.offsets[count]! + count;
  const all = {
    offsets: scratch.uint32("linear.offsets", count + 1),
    indices: scratch.uint32("linear.indices", entries),
    weights: scratch.float32("linear.weights", entries),
  };
  let at = 0;
  all.offsets[0] = 0;
  for (let r = 0; r < count; r++) {
    let due = 0;
    for (let p = rows.offsets[r]!; p < rows.offsets[r + 1]!; p++) {
      const item = rows.indices[p]!;
      all.indices[at] = item;
      all.weights[at++] = rows.weights[p]!;
      due += rows.weights[p]! * droppedOf[item]!;
    }
    all.indices[at] = droppedOf.length;
    all.weights[at++] = due;
    all.offsets[r + 1] = at;
  }
  return all;
}

/** A dense matrix's entries as sparse rows. */
function nonZero({ rows, columns, values }: Matrix, scratch: Scratch): SparseRows {
  const offsets = scratch.uint32("content.offsets", rows + 1);
  let count = 0;
  for (let v = 0; v < rows * columns; v++) if (values[v] !== 0) count++;
  const indices = scratch.uint32("content.indices", count);
  const weights = scratch.float32("content.weights", count);
  let at = 0;
  offsets[0] = 0;
  for (let r = 0; r < rows; r++) {
    for (let column = 0; column < columns; column++) {
      const value = values[r * columns + column]!;
      if (value === 0) continue;
      indices[at] = column;
      weights[at++] = value;
    }
    offsets[r + 1] = at;
  }
  return { offsets, indices, weights };
}
