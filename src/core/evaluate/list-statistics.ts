import { type Histories, type Tokens, usersOf } from "../data/index.ts";
import { listOf, type Rankings } from "../rank/index.ts";
import { coverage, diversityAtK, exposureAtK, gini, noveltyAtK } from "./lists/index.ts";

/** What the statistics of lists are measured against. */
export interface Catalogue {
  readonly history: Histories;
  readonly tokens: Tokens;
  /** (items) 1 where an item could be recommended; all where left out. */
  readonly candidates: Uint8Array | undefined;
}

/** Coverage, Gini, novelty and diversity of all lists at each k; null where a list says nothing. */
export function listStatistics(
  rankings: Rankings,
  { history, tokens, candidates }: Catalogue,
  ks: readonly number[],
): Record<string, number | null> {
  const lists = Array.from(rankings.counts, (_, row) => listOf(rankings, row));
  const popularity = usersOf(history);
  const statistics: Record<string, number | null> = {};
  for (const k of ks) {
    const exposure = exposureAtK(lists, history.items, k).filter(
      (_, item) => candidates?.[item] !== 0,
    );
    statistics[`coverage@${k}`] = coverage(exposure) ?? null;
    statistics[`gini@${k}`] = gini(exposure) ?? null;
    statistics[`novelty@${k}`] = noveltyAtK(lists, popularity, history.users, k) ?? null;
    statistics[`diversity@${k}`] = diversityAtK(lists, tokens, k) ?? null;
  }
  return statistics;
}
