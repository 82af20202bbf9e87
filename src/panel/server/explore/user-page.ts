import { USER_LISTS, type UserPage } from "../../../schema/index.ts";
import { explainerOf } from "./explain.ts";
import type { Served } from "./served.ts";

const HISTORY = 100;
const RECOMMENDATIONS = 20;

/** What a user did, what is recommended to them, and why. */
export async function userPage(served: Served, user: number): Promise<UserPage> {
  const { users, items, folder } = served;
  const rows = await served.history.latest(user, HISTORY);
  const oldest = rows.at(-1);
  const sources =
    served.readSources === undefined || oldest === undefined
      ? undefined
      : await served.readSources(user, oldest.row);
  const novel = await folder.usersIndex.readList(user + 1, USER_LISTS.novel, RECOMMENDATIONS);
  const explainer = await explainerOf(served, user);
  const recommendations: UserPage["recommendations"] = [];
  for (let place = 0; place < novel.count; place++) {
    const item = novel.indices[place]!;
    recommendations.push(await explainer.explain(item, novel.probabilities[place]!));
  }
  return {
    userId: users.idOf(user),
    attributes: users.attributesOf(user),
    history: rows.map(({ row, item, rating, timestamp }) => ({
      itemId: items.idOf(item),
      title: items.titleOf(item),
      rating,
      source: sources?.get(row) ?? null,
      timestamp,
    })),
    interactions: await served.history.countOf(user),
    recommendations,
  };
}
