import { interactionsOf, type Shop } from "../../src/sample/index.ts";

export interface HeldOut {
  readonly seen: ReadonlySet<number>;
  readonly relevant: ReadonlySet<number>;
}

/** Each user's rows but the latest 10 % (at least one), and the new items of those; by user index. */
export function heldOutOf(shop: Shop): HeldOut[] {
  const rows: number[][] = Array.from({ length: shop.options.users }, () => []);
  for (const { userIndex, itemIndex } of interactionsOf(shop)) {
    userIndex.forEach((u, row) => rows[u]!.push(itemIndex[row]!));
  }
  return rows.map((items) => {
    const heldOut = items.length < 5 ? 0 : Math.max(1, Math.floor(items.length / 10));
    const seen = new Set(items.slice(0, items.length - heldOut));
    const relevant = new Set(items.slice(items.length - heldOut).filter((item) => !seen.has(item)));
    return { seen, relevant };
  });
}

/** Plain NDCG@10 over the users with a relevant item, all unseen items ranked. */
export function ndcgAt10(
  users: readonly HeldOut[],
  scores: (u: number) => ArrayLike<number>,
): number {
  let sum = 0;
  let count = 0;
  users.forEach(({ seen, relevant }, u) => {
    if (relevant.size === 0) return;
    const score = Float64Array.from(scores(u));
    const ranking = [...score.keys()]
      .filter((item) => !seen.has(item))
      .sort((a, b) => score[b]! - score[a]!)
      .slice(0, 10);
    let dcg = 0;
    let ideal = 0;
    for (let rank = 1; rank <= 10; rank++) {
      if (relevant.has(ranking[rank - 1]!)) dcg += 1 / Math.log2(rank + 1);
      if (rank <= relevant.size) ideal += 1 / Math.log2(rank + 1);
    }
    sum += dcg / ideal;
    count++;
  });
  return sum / count;
}
