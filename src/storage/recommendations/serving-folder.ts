import { createHash } from "node:crypto";

import {
  ITEM_LISTS,
  Manifest,
  type Pointer,
  ServingContent,
  USER_LISTS,
} from "../../schema/index.ts";
import { artefactFolder } from "../artefact.ts";
import type { ReadableBucket } from "../bucket.ts";
import { type Entities, readEntities } from "./entities.ts";
import { type EntityTexts, renderEntities } from "./entity-texts.ts";
import { createIdLookup, everyIdIsInteger } from "./id-lookup.ts";
import { type IndexReader, openIndex } from "./index-file.ts";
import { type Popularity, readPopularity } from "./popularity.ts";
import { openSeen, type SeenReader } from "./seen-sets.ts";
import { tableSize } from "./string-table.ts";

/** Users or items, ready to be found and written. */
export interface ServedEntities {
  readonly indexOf: (id: string) => number | undefined;
  /** What is written of each. */
  readonly texts: EntityTexts;
}

/** An execution's recommendations, open for reading. The large files stay on disk. */
export interface ServingFolder {
  readonly execution: string;
  readonly createdAt: string;
  readonly manifestSha256: string;
  readonly content: ServingContent;
  readonly users: ServedEntities;
  readonly items: ServedEntities;
  readonly usersIndex: IndexReader;
  readonly itemsIndex: IndexReader;
  readonly popularity: Popularity;
  readonly seen: SeenReader;
  close(): Promise<void>;
}

const SERVED = /\.(?:index|safetensors)$/;
const STAGE = "batch_transform_inference_output";

/**
 * Opens what the serving pointer names.
 *
 * @throws RangeError if the manifest is not the one the pointer names, or the files do not agree with it
 */
export async function openServingFolder(
  bucket: ReadableBucket,
  pointer: Pointer,
): Promise<ServingFolder> {
  const folder = artefactFolder(STAGE, pointer.execution);
  const manifest = await checkedManifest(bucket, folder, pointer);
  const content = ServingContent.parse(manifest.content);
  const path = (name: string): string => `${folder}/${name}`;
  const { users, items, popularity, usersIndex, itemsIndex, seen } = await openFiles(bucket, path);
  const close = async (): Promise<void> => {
    await Promise.all([usersIndex.close(), itemsIndex.close(), seen.close()]);
  };
  try {
    expectEqual(path("users.index"), "rows", usersIndex.rows, content.users + 1);
    expectEqual(path("users.index"), "lists", usersIndex.lists, Object.keys(USER_LISTS).length);
    expectEqual(path("users.index"), "k", usersIndex.k, content.kMax);
    expectEqual(path("items.index"), "rows", itemsIndex.rows, content.items);
    expectEqual(path("items.index"), "lists", itemsIndex.lists, Object.keys(ITEM_LISTS).length);
    expectEqual(path("items.index"), "k", itemsIndex.k, content.kMax);
    expectEqual(path("users.safetensors"), "ids", tableSize(users.ids), content.users);
    expectEqual(path("items.safetensors"), "ids", tableSize(items.ids), content.items);
    expectEqual(path("popular.safetensors"), "items", popularity.items.length, content.items);
    return {
      execution: pointer.execution,
      createdAt: manifest.createdAt,
      manifestSha256: pointer.manifestSha256,
      content,
      users: served(users, "user_id", content.userIds, path("users.safetensors")),
      items: served(items, "item_id", content.itemIds, path("items.safetensors")),
      usersIndex,
      itemsIndex,
      popularity,
      seen,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All at the same time: in S3 each is a trip of its own, and a function that starts keeps somebody waiting. */
async function openFiles(bucket: ReadableBucket, path: (name: string) => string) {
  const opening = [
    openIndex(bucket, path("users.index")),
    openIndex(bucket, path("items.index")),
    openSeen(bucket, path("seen.safetensors")),
  ] as const;
  try {
    const [usersIndex, itemsIndex, seen, users, items, popularity] = await Promise.all([
      ...opening,
      readEntities(bucket, path("users.safetensors")),
      readEntities(bucket, path("items.safetensors")),
      readPopularity(bucket, path("popular.safetensors")),
    ]);
    return { usersIndex, itemsIndex, seen, users, items, popularity };
  } catch (error) {
    for (const opened of await Promise.allSettled(opening)) {
      if (opened.status === "fulfilled") await opened.value.close();
    }
    throw error;
  }
}

async function checkedManifest(
  bucket: ReadableBucket,
  folder: string,
  pointer: Pointer,
): Promise<Manifest> {
  const bytes = await bucket.read(`${folder}/manifest.json`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== pointer.manifestSha256) {
    throw new RangeError(
      `${folder}/manifest.json has sha256 ${sha256}, the pointer names ${pointer.manifestSha256}`,
    );
  }
  const manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  // The rest of the files is for people and programs, and is not served.
  const served = Object.entries(manifest.files).filter(([name]) => SERVED.test(name));
  const heads = served.map(async ([name, entry]) => {
    const bytesThere = (await bucket.head(`${folder}/${name}`))?.bytes;
    if (bytesThere !== undefined)
      expectEqual(`${folder}/${name}`, "bytes", bytesThere, entry.bytes);
  });
  await Promise.all(heads);
  return manifest;
}

function served(
  entities: Entities,
  idName: "item_id" | "user_id",
  form: "number" | "string",
  path: string,
): ServedEntities {
  if (form === "number" && !everyIdIsInteger(entities.ids)) {
    throw new RangeError(`${path} has ids that are no numbers, its manifest says all are`);
  }
  return { indexOf: createIdLookup(entities.ids), texts: renderEntities(entities, idName, form) };
}

function expectEqual(path: string, what: string, got: number, expected: number): void {
  if (got !== expected) {
    throw new RangeError(`${path} has ${got} ${what}, the manifest says ${expected}`);
  }
}
