import type { Tokens } from "../../data/index.ts";

/**
 * Intra-list diversity@k: 1 − the mean cosine similarity of the feature tokens of two items of a list.
 *
 * An item is the vector of its tokens, each 1 / √(number of its tokens). The mean over the n (n − 1) pairs
 * of a list is `(|Σ v|² − n) / (n (n − 1))`; then the mean over the lists. Items without tokens are left
 * out, and so are lists with fewer than two items that have any.
 *
 * @param lists - item indices, best first
 * @param tokens - feature tokens of the items, distinct within an item
 * @param k - list length, at least 1
 * @returns a number in [0, 1], or `undefined` when no list has two items with tokens
 */
export function diversityAtK(
  lists: Iterable<ArrayLike<number>>,
  tokens: Tokens,
  k: number,
): number | undefined {
  const sums = new Float64Array(tokens.count);
  let total = 0;
  let measured = 0;
  for (const list of lists) {
    let squaredSum = 0;
    let n = 0;
    for (let r = 0; r < Math.min(k, list.length); r++) {
      const start = tokens.offsets[list[r]!]!;
      const end = tokens.offsets[list[r]! + 1]!;
      if (start === end) continue;
      n++;
      const weight = 1 / Math.sqrt(end - start);
      for (let p = start; p < end; p++) {
        const token = tokens.tokens[p]!;
        squaredSum += weight * (2 * sums[token]! + weight); // (s + w)² − s²
        sums[token]! += weight;
      }
    }
    clear(sums, list, tokens);
    if (n < 2) continue;
    total += 1 - (squaredSum - n) / (n * (n - 1));
    measured++;
  }
  return measured === 0 ? undefined : total / measured;
}

/** Back to zero, in time that does not depend on the size of the vocabulary. */
function clear(sums: Float64Array, list: ArrayLike<number>, tokens: Tokens): void {
  for (let r = 0; r < list.length; r++) {
    const end = tokens.offsets[list[r]! + 1]!;
    for (let p = tokens.offsets[list[r]!]!; p < end; p++) sums[tokens.tokens[p]!] = 0;
  }
}
