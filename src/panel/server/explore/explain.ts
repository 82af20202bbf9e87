import type { ExplainedItem } from "../../../schema/index.ts";
import type { Served } from "./served.ts";

/** What a user's recommendations are explained by: the latest of what they did, read once for all of them. */
export interface Explainer {
  explain(item: number, probability: number): Promise<ExplainedItem>;
  /** The history's item that is most like another, `undefined` without a history. */
  nearest(
    item: number,
  ): Promise<{ readonly item: number; readonly similarity: number } | undefined>;
}

/** Different items of a history that explain; the latest. */
const HISTORY = 200;
const BECAUSE = 3;
const MATCHES = 5;

/** Reads a user's history to explain items with. */
export async function explainerOf(served: Served, user: number): Promise<Explainer> {
  const { items, tokens, vectors, countOfItem } = served;
  const rows = await served.history.latest(user, 5 * HISTORY);
  const history = [...new Set(rows.map(({ item }) => item))].slice(0, HISTORY);
  const historyVectors = await vectors.read(history);
  /** Token → items of the history that carry it. */
  const carriers = new Map<number, number>();
  for (const item of history) {
    for (const token of await tokens.tokensOf(item)) {
      carriers.set(token, (carriers.get(token) ?? 0) + 1);
    }
  }

  const similar = async (item: number) => {
    const vector = await vectors.read([item]);
    return history
      .map((known, at) => ({ item: known, similarity: cosine(historyVectors, at, vector) }))
      .filter((known) => known.item !== item)
      .sort((a, b) => b.similarity - a.similarity || b.item - a.item);
  };

  /** Shared values, the most telling first: those of many items of the history and of few others. */
  const matchesOf = async (item: number): Promise<ExplainedItem["matches"]> => {
    const shared: { match: ExplainedItem["matches"][number]; weight: number }[] = [];
    for (const token of await tokens.tokensOf(item)) {
      const historyItems = carriers.get(token);
      if (historyItems === undefined) continue;
      const { feature, value, count } = await tokens.wordsOf(token);
      const rarity = Math.log((1 + countOfItem.length) / (1 + count));
      shared.push({ match: { feature, value, historyItems }, weight: historyItems * rarity });
    }
    return shared
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MATCHES)
      .map(({ match }) => match);
  };

  return {
    async explain(item, probability) {
      const because = (await similar(item)).slice(0, BECAUSE);
      return {
        itemId: items.idOf(item),
        attributes: items.attributesOf(item),
        probability,
        because: because.map(({ item: known, similarity }) => ({
          itemId: items.idOf(known),
          title: items.titleOf(known),
          similarity,
        })),
        matches: await matchesOf(item),
      };
    },
    nearest: async (item) => (await similar(item))[0],
  };
}

function cosine(vectors: Float32Array, at: number, other: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < other.length; d++) sum += vectors[at * other.length + d]! * other[d]!;
  return sum;
}
