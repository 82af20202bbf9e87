import type { Kernels } from "../../kernels/index.ts";
import type { Tokens } from "../data/index.ts";
import { inKernels, type ItemMatrix } from "./item-matrix.ts";

/** What items are made of: their tokens, rare ones weighing more, every item's row of length 1, and the same by token. */
export interface ContentMatrix {
  /** (I) rows of tokens */
  readonly tokensOf: ItemMatrix;
  /** (F) rows of items */
  readonly itemsOf: ItemMatrix;
  readonly tokens: number;
}

/**
 * The cosine of idf-weighted tokens: `Σ_t v_it · v_jt` with `v_it = idf_t / √Σ idf²`, `idf_t = log(I / items with t)`.
 * A product of the two matrices gives it for all pairs without ever making the (I, I) of them.
 */
export function contentMatrix(kernels: Kernels, tokens: Tokens): ContentMatrix {
  const items = tokens.offsets.length - 1;
  const entries = tokens.offsets[items]!;
  const itemsWith = new Uint32Array(tokens.count);
  for (const token of tokens.tokens.subarray(0, entries)) itemsWith[token]!++;
  const idf = Float64Array.from(itemsWith, (count) => Math.log(items / Math.max(1, count)));

  const values = new Float32Array(entries);
  for (let i = 0; i < items; i++) {
    let squares = 0;
    for (let p = tokens.offsets[i]!; p < tokens.offsets[i + 1]!; p++)
      squares += idf[tokens.tokens[p]!]! ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let p = tokens.offsets[i]!; p < tokens.offsets[i + 1]!; p++)
      values[p] = idf[tokens.tokens[p]!]! / length;
  }
  const itemOffsets = new Uint32Array(tokens.count + 1);
  for (let t = 0; t < tokens.count; t++) itemOffsets[t + 1] = itemOffsets[t]! + itemsWith[t]!;
  const next = itemOffsets.slice();
  const itemIndices = new Uint32Array(entries);
  const itemValues = new Float32Array(entries);
  for (let i = 0; i < items; i++) {
    for (let p = tokens.offsets[i]!; p < tokens.offsets[i + 1]!; p++) {
      const place = next[tokens.tokens[p]!]!++;
      itemIndices[place] = i;
      itemValues[place] = values[p]!;
    }
  }
  return {
    tokensOf: {
      offsets: inKernels(kernels, tokens.offsets),
      indices: inKernels(kernels, tokens.tokens.subarray(0, entries)),
      weights: inKernels(kernels, values),
    },
    itemsOf: {
      offsets: inKernels(kernels, itemOffsets),
      indices: inKernels(kernels, itemIndices),
      weights: inKernels(kernels, itemValues),
    },
    tokens: tokens.count,
  };
}
