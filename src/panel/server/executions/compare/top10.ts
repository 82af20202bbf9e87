import type { ExecutionComparison } from "../../../../schema/index.ts";
import { USER_LISTS } from "../../../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  createIdLookup,
  type IndexReader,
  openIndex,
  openTensors,
  stringAt,
  type StringTable,
  tableSize,
} from "../../../../storage/index.ts";

/** Users who are compared at most. */
const MOST_USERS = 20_000;
const TOP = 10;
/** Between two users after whom other requests get their turn. */
const TURN = 500;

type Comparison = NonNullable<ExecutionComparison["top10"]>;

/**
 * How much the ten best novel items of users have changed from one execution to another. Users and items are matched
 * by id, since their numbers differ. Of many users every n-th is taken.
 *
 * @returns `null` if the recommendations of one are no longer kept
 */
export async function compareTop10(
  bucket: Bucket,
  a: string,
  b: string,
): Promise<Comparison | null> {
  for (const execution of [a, b]) {
    const manifest = `${artefactFolder(STAGE, execution)}/manifest.json`;
    if ((await bucket.head(manifest)) === undefined) return null;
  }
  const first = await openSide(bucket, a);
  try {
    const second = await openSide(bucket, b);
    try {
      return await compared(first, second);
    } finally {
      await second.index.close();
    }
  } finally {
    await first.index.close();
  }
}

const STAGE = "batch_transform_inference_output";

/** What is read of one execution's recommendations: the ids, and the lists one by one. */
interface Side {
  readonly users: StringTable;
  readonly items: StringTable;
  readonly index: IndexReader;
}

async function openSide(bucket: Bucket, execution: string): Promise<Side> {
  const folder = artefactFolder(STAGE, execution);
  return {
    users: await readIds(bucket, `${folder}/users.safetensors`),
    items: await readIds(bucket, `${folder}/items.safetensors`),
    index: await openIndex(bucket, `${folder}/users.index`),
  };
}

/** The ids alone: the attributes beside them are many times larger. */
async function readIds(bucket: Bucket, path: string): Promise<StringTable> {
  const tensors = await openTensors(bucket, path);
  try {
    const count = (name: string): number => tensors.entries.get(name)?.shape[0] ?? 0;
    return {
      offsets: (await tensors.read("id_offsets", 0, count("id_offsets"))) as Uint32Array,
      bytes: (await tensors.read("id_bytes", 0, count("id_bytes"))) as Uint8Array,
    };
  } finally {
    await tensors.close();
  }
}

async function compared(first: Side, second: Side): Promise<Comparison> {
  const all = tableSize(first.users);
  const step = Math.ceil(all / MOST_USERS) || 1;
  const userIn = createIdLookup(second.users);
  const itemOf = itemMap(first.items, createIdLookup(second.items));
  let users = 0;
  let changedUsers = 0;
  let shares = 0;
  for (let user = 0, turn = 1; user < all; user += step, turn++) {
    if (turn % TURN === 0) await new Promise((resume) => setImmediate(resume));
    const other = userIn(stringAt(first.users, user));
    if (other === undefined) continue;
    const before = await topOf(first.index, user);
    const after = new Set(await topOf(second.index, other));
    const shared = before.filter((item) => after.has(itemOf[item]!)).length;
    const longest = Math.max(before.length, after.size);
    users++;
    if (shared < longest) changedUsers++;
    shares += longest === 0 ? 1 : shared / longest;
  }
  return {
    users,
    changedUsers,
    meanShared: users === 0 ? 0 : shares / users,
    sampledFrom: step > 1 ? all : null,
  };
}

/** Item's number in the one → its number in the other, −1 where that does not have it. */
function itemMap(items: StringTable, indexOf: (id: string) => number | undefined): Int32Array {
  return Int32Array.from(
    { length: tableSize(items) },
    (_, item) => indexOf(stringAt(items, item)) ?? -1,
  );
}

/** Row 0 of the index is the user whom the model does not know. */
async function topOf(index: IndexReader, user: number): Promise<readonly number[]> {
  const { indices, count } = await index.readList(user + 1, USER_LISTS.novel, TOP);
  return [...indices.subarray(0, count)];
}
