import type { Kernels, Matrix } from "../../kernels/index.ts";
import { activityOf, type Histories } from "../data/index.ts";
import { weightedEntries, type WeightedEntries } from "./weighted-entries.ts";

export interface EaseOptions {
  /** λ, the ridge: how much few common users are distrusted. */
  readonly lambda: number;
}

/** More items make the matrix too large (400 MB) and its inverse too slow (half a minute on one core). */
const MOST_ITEMS = 10_000;
/** λ per item of the mean history. */
const LAMBDA_PER_ITEM = 5;

/** Is the catalogue small enough for {@link easeMatrix}? */
export function fitsEase({ items }: Histories): boolean {
  return items <= MOST_ITEMS;
}

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
 * (items, items) The weights B of the linear model X ≈ X · B without self-similarity, in closed form: with
 * P = (XᵀX + λI)⁻¹, `B_ij = −P_ij / P_jj` and a zero diagonal. X holds the weight
 * of each pair in training, 1 for a plain interaction.
 *
 * With fewer users than items the inverse is one of users: λP = I − Xᵀ (XXᵀ + λI)⁻¹ X.
 *
 * The result is taken from the kernels' memory, as are at most another three of its size for the length of the call.
 *
 * Source: Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019.
 */
export function easeMatrix(kernels: Kernels, history: Histories, { lambda }: EaseOptions): Matrix {
  const { users, items } = history;
  const out = kernels.matrix(items, items);
  const mark = kernels.mark();
  const entries = weightedEntries(kernels, history, 1);
  if (users < items) invertByUsers(kernels, out, entries, lambda);
  else invertByItems(kernels, out, entries, lambda);
  kernels.reset(mark);
  divideColumns(out);
  return out;
}

/** out ← P. */
function invertByItems(
  kernels: Kernels,
  out: Matrix,
  { byUser, byItem }: WeightedEntries,
  lambda: number,
): void {
  kernels.multiplySparse(out, byItem, byUser);
  addToDiagonal(out, lambda);
  kernels.invert(out);
}

/** out ← λP. */
function invertByUsers(
  kernels: Kernels,
  out: Matrix,
  { byUser, byItem }: WeightedEntries,
  lambda: number,
): void {
  const users = byUser.offsets.length - 1;
  const items = out.rows;
  const inverse = kernels.matrix(users, users);
  kernels.multiplySparse(inverse, byUser, byItem);
  addToDiagonal(inverse, lambda);
  kernels.invert(inverse);
  const turned = kernels.matrix(items, users);
  kernels.gatherSum(turned, byItem, inverse);
  const product = kernels.matrix(users, items);
  for (let item = 0; item < items; item++) {
    for (let user = 0; user < users; user++) {
      product.values[user * items + item] = -turned.values[item * users + user]!;
    }
  }
  kernels.gatherSum(out, byItem, product);
  addToDiagonal(out, 1);
}

function addToDiagonal({ columns, values }: Matrix, amount: number): void {
  for (let at = 0; at < values.length; at += columns + 1) values[at]! += amount;
}

/** B from P or a multiple of it. */
function divideColumns({ rows, columns, values }: Matrix): void {
  const factors = Float32Array.from({ length: columns }, (_, j) => -1 / values[j * columns + j]!);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < columns; j++) row[j]! *= factors[j]!;
    row[i] = 0;
  }
}
