import { readFile } from "node:fs/promises";

import type { TestPair } from "../core/index.ts";
import { DataError } from "../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  readEntities,
  stringAt,
  tableSize,
  type StringTable,
} from "../storage/index.ts";

/**
 * Reads a published test set, a line `user<tab>item` each, ids as in the raw files.
 *
 * @throws DataError for a malformed line or an id that the raw files do not have
 */
export async function readTestPairs(
  bucket: Bucket,
  execution: string,
  file: string,
): Promise<readonly TestPair[]> {
  const folder = artefactFolder("processed_data", execution);
  const users = indexOf((await readEntities(bucket, `${folder}/users.safetensors`)).ids);
  const items = indexOf((await readEntities(bucket, `${folder}/items.safetensors`)).ids);
  const lines = (await readFile(file, "utf8")).split(/\r?\n/);
  const pairs: TestPair[] = [];
  lines.forEach((line, n) => {
    if (line === "") return;
    const [userId, itemId, ...more] = line.split("\t");
    if (userId === undefined || itemId === undefined || more.length > 0) {
      throw new DataError({ file, line: n + 1 }, `must be "user<tab>item", got "${line}"`);
    }
    const user = users.get(userId);
    const item = items.get(itemId);
    if (user === undefined)
      throw new DataError(
        { file, line: n + 1, column: 1 },
        `user "${userId}" is not in the raw files`,
      );
    if (item === undefined) {
      const column = userId.length + 2;
      throw new DataError(
        { file, line: n + 1, column },
        `item "${itemId}" is not in the raw files`,
      );
    }
    pairs.push({ user, item });
  });
  return pairs;
}

function indexOf(ids: StringTable): ReadonlyMap<string, number> {
  return new Map(
    Array.from({ length: tableSize(ids) }, (_, index) => [stringAt(ids, index), index]),
  );
}
