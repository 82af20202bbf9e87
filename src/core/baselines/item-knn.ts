import type { Histories, Scorer } from "../data/index.ts";
import { itemNeighbours, type Neighbours } from "./item-neighbours.ts";

export interface ItemKnnOptions {
  /** Neighbours kept of each item. */
  readonly neighbours: number;
  /** Added to the denominator of the cosine: how much few common users are distrusted. */
  readonly shrinkage: number;
}

/** Good on every data set tried (docs/evaluation.md); a baseline is not tuned to lose. */
export const ITEM_KNN_DEFAULTS: ItemKnnOptions = { neighbours: 100, shrinkage: 10 };

/**
 * Item-based nearest neighbours: `score_ui = Σ_{j ∈ history of u} similarity(j, i)` over the items i
 * that are among the neighbours of j.
 *
 * Source: Deshpande & Karypis, "Item-based top-N recommendation algorithms", ACM TOIS 22(1), 2004.
 */
export function itemKnn(history: Histories, options: ItemKnnOptions = ITEM_KNN_DEFAULTS): Scorer {
  const neighbours = itemNeighbours(history, options.neighbours, options.shrinkage);
  const { items } = history;
  return {
    name: "item-kNN",
    score(users, scores) {
      scores.fill(0, 0, users.length * items);
      users.forEach((user, r) => {
        const row = scores.subarray(r * items, (r + 1) * items);
        for (let p = history.offsets[user]!; p < history.offsets[user + 1]!; p++) {
          addNeighbours(neighbours, history.itemIndices[p]!, row);
        }
      });
    },
  };
}

function addNeighbours(
  { offsets, items, similarities }: Neighbours,
  of: number,
  row: Float32Array,
) {
  const end = offsets[of + 1]!;
  for (let n = offsets[of]!; n < end; n++) row[items[n]!]! += similarities[n]!;
}
