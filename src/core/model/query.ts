/**
 * How much each item of a history weighs in the user's query.
 *
 * `flat`: w_j = 1 / √n_j over the whole history (n_j: the item's training interactions), the half of
 * LightGCN (He et al. 2020) that pays.
 * `ordered`, with a the distance from the query's position (1 = the last item), over the latest L:
 * main w_j = (1/a) / √Σ 1/a, recent w_j = e^(−(a−1)/2) / √Σ e^(−(a−1)/2).
 */
export interface QueryWeights {
  readonly main: Float64Array;
  readonly recent: Float64Array;
}

const RECENT_DECAY = 0.5;

/** Weights of the latest `length` items, index 0 the last one, for a history that long. */
export function orderedWeights(length: number): QueryWeights {
  const main = new Float64Array(length);
  const recent = new Float64Array(length);
  for (let a = 1; a <= length; a++) {
    main[a - 1] = 1 / a;
    recent[a - 1] = Math.exp(-RECENT_DECAY * (a - 1));
  }
  return { main: unitRoot(main), recent: unitRoot(recent) };
}

/** n_j^−½ per item; an item without interactions counts as one. */
export function flatWeights(popularity: Uint32Array): Float32Array {
  return Float32Array.from(popularity, (count) => 1 / Math.sqrt(Math.max(1, count)));
}

function unitRoot(kernel: Float64Array): Float64Array {
  const root = Math.sqrt(kernel.reduce((sum, value) => sum + value, 0));
  return kernel.map((value) => value / root);
}
