import { USER_LISTS, type WhyNot } from "../../../schema/index.ts";
import { type Explainer, explainerOf } from "./explain.ts";
import type { RankAnswer, Ranker } from "./ranker.ts";
import type { Served } from "./served.ts";

/** Where an item stands. */
interface Standing {
  readonly rank: number | null;
  readonly probability: number | null;
  /** Why it has no rank. */
  readonly refusal?: string;
}

/** Why an item is not, or is, among what a user is recommended. */
export async function whyNot(
  served: Served,
  ranker: Ranker,
  user: number,
  item: number,
): Promise<WhyNot> {
  const { users, items, folder } = served;
  const known = await folder.seen.seenBy(user);
  const seen = known.includes(item);
  const list = seen ? USER_LISTS.all : USER_LISTS.novel;
  const stored = await folder.usersIndex.readList(user + 1, list, folder.content.kMax);
  const ranked = [...stored.indices.subarray(0, stored.count)];
  const place = ranked.indexOf(item);
  const standing: Standing =
    place >= 0
      ? { rank: place + 1, probability: stored.probabilities[place]! }
      : standingOf(await ranker.rankOf(served, user, item));
  const explainer = await explainerOf(served, user);
  const last = stored.probabilities[Math.min(TOP, stored.count) - 1];
  return {
    userId: users.idOf(user),
    itemId: items.idOf(item),
    rank: standing.rank,
    of: seen ? items.count : items.count - known.length,
    probability: standing.probability,
    seen,
    reason: await reasonOf(served, explainer, { ...standing, item, seen, last }),
    explained:
      standing.probability === null ? null : await explainer.explain(item, standing.probability),
  };
}

function standingOf(answer: RankAnswer): Standing {
  return "rank" in answer ? answer.rank : { rank: null, probability: null, ...answer };
}

/** A list of this length is what people see. */
const TOP = 10;

async function reasonOf(
  { items, countOfItem, folder }: Served,
  explainer: Explainer,
  {
    item,
    seen,
    rank,
    probability,
    last,
    refusal,
  }: Standing & {
    readonly item: number;
    readonly seen: boolean;
    readonly last: number | undefined;
  },
): Promise<string> {
  if (seen) {
    const where = rank === null ? "" : `; among all items it ranks ${ordinal(rank)}`;
    return `the user has already interacted with it, so it is never among the novel ones${where}`;
  }
  if (rank === null || probability === null) {
    return `it is not among the ${folder.content.kMax} that are stored for the user, and ${refusal ?? "its rank is not known"}`;
  }
  if (rank <= TOP) return `it is recommended: it ranks ${ordinal(rank)} of the user's novel items`;
  const reasons: string[] = [];
  if (last !== undefined) {
    reasons.push(
      `its probability is ${percent(probability)}, that of the ${TOP}th ${percent(last)}`,
    );
  }
  const count = countOfItem[item]!;
  if (count === 0)
    reasons.push("nobody has interacted with it yet, so only its features speak for it");
  else if (count < FEW) reasons.push(`only ${count} interactions speak for it`);
  const nearest = await explainer.nearest(item);
  if (nearest !== undefined) {
    const name = items.titleOf(nearest.item) ?? items.idOf(nearest.item);
    reasons.push(
      `of what the user knows "${name}" is most like it (${nearest.similarity.toFixed(2)} of 1)`,
    );
  }
  return `it ranks ${ordinal(rank)}: ${reasons.join("; ")}`;
}

const FEW = 5;

function ordinal(rank: number): string {
  const ending = new Map([
    ["one", "st"],
    ["two", "nd"],
    ["few", "rd"],
  ]).get(new Intl.PluralRules("en", { type: "ordinal" }).select(rank));
  return `${rank.toLocaleString("en")}${ending ?? "th"}`;
}

function percent(probability: number): string {
  return `${(100 * probability).toPrecision(2)} %`;
}
