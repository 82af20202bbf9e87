import type { Kernels } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { type ItemMatrix, prunedItemMatrix } from "./item-matrix.ts";

/** How far apart two items of a history may be to count as following each other, and how fast that fades. */
const REACH = 10;
const FADE = 0.2;

/**
 * What follows what: `C_ji = Σ e^(−0.2 (k − 1))` over all pairs of a history in which i comes k ≤ 10 places after j,
 * and `T_ji = C_ji / (√(Σ_i C_ji) · (Σ_j C_ji)^¼)`; the largest entries of each row are kept.
 */
export function transitions(kernels: Kernels, history: Histories, keep: number): ItemMatrix {
  const { users, items, offsets, itemIndices } = history;
  const fade = Float64Array.from({ length: REACH + 1 }, (_, k) => Math.exp(-FADE * (k - 1)));
  const rowSum = new Float64Array(items);
  const columnSum = new Float64Array(items);
  /** Each item's places in the histories. */
  const placeOffsets = new Uint32Array(items + 1);
  for (const item of itemIndices) placeOffsets[item + 1]!++;
  for (let i = 0; i < items; i++) placeOffsets[i + 1]! += placeOffsets[i]!;
  const places = new Uint32Array(itemIndices.length);
  const endOf = new Uint32Array(itemIndices.length);
  const next = placeOffsets.slice();
  for (let user = 0; user < users; user++) {
    const end = offsets[user + 1]!;
    for (let p = offsets[user]!; p < end; p++) {
      const j = itemIndices[p]!;
      places[next[j]!++] = p;
      endOf[p] = end;
      for (let k = 1; k <= REACH && p + k < end; k++) {
        rowSum[j]! += fade[k]!;
        columnSum[itemIndices[p + k]!]! += fade[k]!;
      }
    }
  }
  return prunedItemMatrix(kernels, items, keep, (first, { rows, values }) => {
    values.fill(0);
    for (let r = 0; r < rows; r++) {
      const j = first + r;
      const row = r * items;
      const scale = rowSum[j]! > 0 ? rowSum[j]! ** -0.5 : 0;
      for (let q = placeOffsets[j]!; q < placeOffsets[j + 1]!; q++) {
        const p = places[q]!;
        const last = Math.min(REACH, endOf[p]! - 1 - p);
        for (let k = 1; k <= last; k++) {
          const i = itemIndices[p + k]!;
          values[row + i]! += fade[k]! * scale * columnSum[i]! ** -0.25;
        }
      }
    }
  });
}
