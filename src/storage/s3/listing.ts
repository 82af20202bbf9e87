import { DeleteObjectsCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";

import type { ObjectInfo } from "../bucket.ts";
import { keyOf, type Location } from "./location.ts";

/** What one request may remove. */
const MOST_REMOVED = 1000;

/** All objects whose path starts with `start`, in path order. */
export async function listObjects(
  location: Location,
  start: string,
): Promise<readonly ObjectInfo[]> {
  const found: ObjectInfo[] = [];
  const pages = paginateListObjectsV2(
    { client: location.client },
    { Bucket: location.name, Prefix: keyOf(location, start) },
  );
  for await (const { Contents = [] } of pages) {
    for (const { Key = "", Size = 0 } of Contents) {
      found.push({ path: Key.slice(location.prefix.length), bytes: Size });
    }
  }
  // S3 orders by the bytes of UTF-8, everything else here by UTF-16.
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Names of the folders directly below a folder. */
export async function listFolders(location: Location, folder: string): Promise<readonly string[]> {
  const start = keyOf(location, folder === "" || folder.endsWith("/") ? folder : `${folder}/`);
  const names: string[] = [];
  const pages = paginateListObjectsV2(
    { client: location.client },
    { Bucket: location.name, Prefix: start, Delimiter: "/" },
  );
  for await (const { CommonPrefixes = [] } of pages) {
    for (const { Prefix = "" } of CommonPrefixes) names.push(Prefix.slice(start.length, -1));
  }
  return names.sort();
}

/** Removes objects, a thousand in a request. */
export async function removeObjects(location: Location, paths: readonly string[]): Promise<void> {
  for (let first = 0; first < paths.length; first += MOST_REMOVED) {
    const some = paths.slice(first, first + MOST_REMOVED);
    const { Errors = [] } = await location.client.send(
      new DeleteObjectsCommand({
        Bucket: location.name,
        Delete: { Objects: some.map((path) => ({ Key: keyOf(location, path) })), Quiet: true },
      }),
    );
    const [failed] = Errors;
    if (failed !== undefined) {
      throw new Error(
        `${Errors.length} of ${some.length} objects in ${location.url} could not be removed, ` +
          `the first of them ${failed.Key ?? ""}: ${failed.Message ?? failed.Code ?? "no reason given"}`,
      );
    }
  }
}
