import { ITEM_LISTS, type ResponderConfig, USER_LISTS } from "../schema/index.ts";
import type { RankedList, ServingFolder } from "../storage/index.ts";
import type { Answer, PendingAnswer } from "./answer.ts";
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
  readonly answers: readonly PendingAnswer[];
  readonly coldUsers: readonly string[];
}

/** Items for each user (Q73–Q84). An unknown user gets what the configuration says (A14). */
export function itemsForUsers(
  folder: ServingFolder,
  { ids, k, novelOnly }: Wanted,
  coldUser: ResponderConfig["coldUser"],
): Recommendations {
  const list = novelOnly ? USER_LISTS.novel : USER_LISTS.all;
  const coldUsers: string[] = [];
  const answers: PendingAnswer[] = [];
  for (const id of ids) {
    const userIndex = folder.users.indexOf(id);
    if (userIndex !== undefined) {
      answers.push({ id, list: folder.usersIndex.readList(userIndex + 1, list, k) });
      continue;
    }
    coldUsers.push(id);
    answers.push({ id, list: coldList(folder, list, k, coldUser) });
  }
  return { answers, coldUsers };
}

/** Users for each item (Q85–Q90). An unknown item gets an empty list (A14). */
export function usersForItems(
  folder: ServingFolder,
  { ids, k, novelOnly, rankBy }: Wanted,
): Recommendations {
  const all = rankBy === "lift" ? ITEM_LISTS.liftAll : ITEM_LISTS.all;
  const novel = rankBy === "lift" ? ITEM_LISTS.liftNovel : ITEM_LISTS.novel;
  const answers: PendingAnswer[] = [];
  for (const id of ids) {
    const itemIndex = folder.items.indexOf(id);
    const list =
      itemIndex === undefined
        ? EMPTY
        : folder.itemsIndex.readList(itemIndex, novelOnly ? novel : all, k);
    answers.push({ id, list });
  }
  return { answers, coldUsers: [] };
}

/** Popular items for each user (Q91–Q98). */
export function popularItemsForUsers(
  folder: ServingFolder,
  { ids, k, novelOnly }: Wanted,
): Recommendations {
  const answers: PendingAnswer[] = [];
  for (const id of ids) {
    const list = popularItemsFor(folder, folder.users.indexOf(id), k, novelOnly);
    answers.push({ id, list });
  }
  return { answers, coldUsers: [] };
}

/** Are all the lists there? */
export function areRead(answers: readonly PendingAnswer[]): answers is readonly Answer[] {
  return !answers.some(({ list }) => list instanceof Promise);
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
): PendingAnswer["list"] {
  switch (coldUser) {
    case "model":
      return folder.usersIndex.readList(0, list, k);
    case "popular":
      return popularItemsFor(folder, undefined, k, false);
    case "empty":
      return EMPTY;
  }
}
