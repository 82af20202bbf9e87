import type { Kernels, SparseRows } from "../../kernels/index.ts";
import { activityOf, type Histories, type Scorer } from "../data/index.ts";
import { easeMatrix, type EaseOptions } from "./ease-matrix.ts";
import { scoreBlock } from "./score-block.ts";

/** λ per item of the mean history. */
const LAMBDA_PER_ITEM = 5;

/**
 * The λ that suits the data: in proportion to the mean length of a history, since the longer they are the more pairs of items
 * each user couples. The factor was chosen on validation rows (docs/evaluation.md); a baseline is not tuned to lose.
 */
export function defaultEaseOptions(history: Histories): EaseOptions {
  const lengths = activityOf(history).filter((length) => length > 0);
  const mean = history.itemIndices.length / Math.max(1, lengths.length);
  return { lambda: LAMBDA_PER_ITEM * Math.max(1, mean) };
}

/**
 * EASE, a linear autoencoder: `score_ui = Σ_{j ∈ history of u} w_uj · B_ji` with B of {@link easeMatrix}.
 *
 * It needs items² · 4 bytes of the kernels' memory.
 */
export function ease(
  kernels: Kernels,
  history: Histories,
  options = defaultEaseOptions(history),
): Scorer {
  const weights = easeMatrix(kernels, history, options);
  return {
    name: "EASE",
    score(users, scores) {
      scoreBlock(kernels, scores, users.length, history.items, (out) => {
        kernels.gatherSum(out, historyRows(kernels, history, users), weights);
      });
    },
  };
}

/** The entries of some users, in the kernels' memory. */
function historyRows(kernels: Kernels, history: Histories, users: Uint32Array): SparseRows {
  const offsets = kernels.uint32(users.length + 1);
  users.forEach((user, r) => {
    offsets[r + 1] = offsets[r]! + history.offsets[user + 1]! - history.offsets[user]!;
  });
  const indices = kernels.uint32(offsets[users.length]!);
  const weights = kernels.float32(offsets[users.length]!);
  users.forEach((user, r) => {
    const [start, end] = [history.offsets[user], history.offsets[user + 1]];
    indices.set(history.itemIndices.subarray(start, end), offsets[r]);
    weights.set(history.weights.subarray(start, end), offsets[r]);
  });
  return { offsets, indices, weights };
}
