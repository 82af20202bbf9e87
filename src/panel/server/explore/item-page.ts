import { ITEM_LISTS, type ItemPage } from "../../../schema/index.ts";
import type { Served } from "./served.ts";

const USERS = 20;
const NEIGHBOURS = 10;

/** An item, the users who are most likely to want it, and the items most like it. */
export async function itemPage(served: Served, item: number): Promise<ItemPage> {
  const { users, items, folder, vectors } = served;
  const novel = await folder.itemsIndex.readList(item, ITEM_LISTS.novel, USERS);
  const neighbours = await vectors.nearest(item, NEIGHBOURS);
  return {
    itemId: items.idOf(item),
    attributes: items.attributesOf(item),
    interactions: served.countOfItem[item]!,
    users: Array.from(novel.indices.subarray(0, novel.count), (user, place) => ({
      userId: users.idOf(user),
      probability: novel.probabilities[place]!,
    })),
    neighbours: neighbours.map(({ item: other, similarity }) => ({
      itemId: items.idOf(other),
      title: items.titleOf(other),
      similarity,
    })),
    recommendedTo: (await served.recommendedTo())[item]!,
  };
}
