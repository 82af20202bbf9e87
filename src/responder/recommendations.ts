import { ITEM_LISTS, type ResponderConfig, USER_LISTS } from "../schema/index.ts";
import type { RankedList, ServingFolder } from "../storage/index.ts";
import type { Answer } from "./answer.ts";
import { popularItemsFor } from "./popular-items.ts";

/** What a request asks for, checked. */
export interface Wanted {
  readonly ids: readonly string[];
  readonly k: number;
  readonly novelOnly: boolean;
  readonly rankBy: "probability" | "lift";
}

/** The answers in the order of the ids, and the ids that the model does not know, where that matters. */
export interface Recommendations {
  readonly answers: readonly Answer[];
  readonly coldUsers: readonly string[];
}

/** Items for each user (Q73–Q84). An unknown user gets what the configuration says (A14). */
export async function itemsForUsers(
  folder: ServingFolder,
  { ids, k, novelOnly }: Wanted,
  coldUser: ResponderConfig["coldUser"],
): Promise<Recommendations> {
  const list = novelOnly ? USER_LISTS.novel : USER_LISTS.all;
  const coldUsers: string[] = [];
  const answers: Answer[] = [];
  for (const id of ids) {
    const userIndex = folder.users.indexOf(id);
    if (userIndex !== undefined) {
      answers.push({ id, list: await folder.usersIndex.readList(userIndex + 1, list, k) });
      continue;
    }
    coldUsers.push(id);
    answers.push({ id, list: await coldList(folder, list, k, coldUser) });
  }
  return { answers, coldUsers };
}

/** Users for each item (Q85–Q90). An unknown item gets an empty list (A14). */
export async function usersForItems(
  folder: ServingFolder,
  { ids, k, novelOnly, rankBy }: Wanted,
): Promise<Recommendations> {
  const all = rankBy === "lift" ? ITEM_LISTS.liftAll : ITEM_LISTS.all;
  const novel = rankBy === "lift" ? ITEM_LISTS.liftNovel : ITEM_LISTS.novel;
  const answers: Answer[] = [];
  for (const id of ids) {
    const itemIndex = folder.items.indexOf(id);
    const list =
      itemIndex === undefined
        ? EMPTY
        : await folder.itemsIndex.readList(itemIndex, novelOnly ? novel : all, k);
    answers.push({ id, list });
  }
  return { answers, coldUsers: [] };
}

/** Popular items for each user (Q91–Q98). */
export async function popularItemsForUsers(
  folder: ServingFolder,
  { ids, k, novelOnly }: Wanted,
): Promise<Recommendations> {
  const answers: Answer[] = [];
  for (const id of ids) {
    const list = await popularItemsFor(folder, folder.users.indexOf(id), k, novelOnly);
    answers.push({ id, list });
  }
  return { answers, coldUsers: [] };
}

const EMPTY: RankedList = {
  indices: new Uint32Array(0),
  probabilities: new Float32Array(0),
  count: 0,
};

/** Row 0 of the users' index is the cold user. */
function coldList(
  folder: ServingFolder,
  list: number,
  k: number,
  coldUser: ResponderConfig["coldUser"],
): Promise<Answer["list"]> {
  switch (coldUser) {
    case "model":
      return folder.usersIndex.readList(0, list, k);
    case "popular":
      return popularItemsFor(folder, undefined, k, false);
    case "empty":
      return Promise.resolve(EMPTY);
  }
}
