import { PART, TEST_FILE_SPLIT } from "../../schema/index.ts";
import type { Dataset, Part } from "./dataset.ts";
import type { Histories } from "./histories.ts";

/**
 * The users whose interaction probabilities a part of the split can judge: those with a history.
 *
 * Where each user's own rows were divided, a user without rows in the part had too few to divide, which
 * says nothing about what such a user does next, and is left out. Where the part is one period for everybody, or
 * a file of its own, it says that the user did nothing.
 */
export function judgedUsers(dataset: Dataset, history: Histories, part: Part): Uint32Array {
  const isOneForAll =
    dataset.split === "global-time" || (dataset.split === TEST_FILE_SPLIT && part === PART.test);
  const hasRows = (user: number) => {
    for (let row = dataset.userOffsets[user]!; row < dataset.userOffsets[user + 1]!; row++) {
      if (dataset.part[row] === part) return true;
    }
    return false;
  };
  const users = Uint32Array.from({ length: dataset.users }, (_, user) => user);
  return users.filter(
    (user) => history.offsets[user + 1]! > history.offsets[user]! && (isOneForAll || hasRows(user)),
  );
}
