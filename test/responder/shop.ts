import type { ServingContent } from "../../src/schema/index.ts";
import {
  ArtefactWriter,
  type Bucket,
  createIndexWriter,
  entityTensors,
  popularityOf,
  popularityTensors,
  publish,
  type RankedList,
  seenSetsOf,
  seenTensors,
  stringTable,
} from "../../src/storage/index.ts";

/** Ids and probabilities, best first, as a person writes them. */
export type List = readonly (readonly [id: string, probability: number])[];

/** Id → attributes; a map where the order of the ids is not that of an object's keys. */
export type Attributes = Readonly<Record<string, object>> | ReadonlyMap<string, object>;

/** A served execution small enough to be written by hand; what is left out is empty. */
export interface Shop {
  readonly users: Attributes;
  readonly items: Attributes;
  readonly userIds?: "number" | "string";
  readonly itemIds?: "number" | "string";
  readonly kMax?: number;
  readonly cold?: { readonly all: List; readonly novel: List };
  /** User id → lists of items. */
  readonly forUsers?: Readonly<Record<string, { readonly all: List; readonly novel: List }>>;
  /** Item id → lists of users. */
  readonly forItems?: Readonly<
    Record<string, { readonly [Name in "all" | "novel" | "liftAll" | "liftNovel"]?: List }>
  >;
  /** User id → items of the user's interactions. */
  readonly seen?: Readonly<Record<string, readonly string[]>>;
  /** Item id → interaction rows. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** Writes the execution's serving folder and points the serving pointer at it. */
export async function serveShop(bucket: Bucket, execution: string, shop: Shop): Promise<void> {
  await writeShop(bucket, execution, shop);
  await publish(bucket, "batch_transform_inference_output", execution);
}

export async function writeShop(bucket: Bucket, execution: string, shop: Shop): Promise<void> {
  const { kMax = 10, userIds = "number", itemIds = "number" } = shop;
  const users = entriesOf(shop.users);
  const items = entriesOf(shop.items);
  const userIndex = new Map(users.map(([id], i) => [id, i]));
  const itemIndex = new Map(items.map(([id], i) => [id, i]));
  const artefact = new ArtefactWriter(bucket, "batch_transform_inference_output", execution);

  const usersIndex = await createIndexWriter(await artefact.create("users.index"), {
    k: kMax,
    rows: users.length + 1,
    lists: 2,
  });
  for (const id of [undefined, ...users.map(([user]) => user)]) {
    const lists = id === undefined ? shop.cold : shop.forUsers?.[id];
    await usersIndex.writeRow([ranked(lists?.all, itemIndex), ranked(lists?.novel, itemIndex)]);
  }
  await usersIndex.close();

  const itemsIndex = await createIndexWriter(await artefact.create("items.index"), {
    k: kMax,
    rows: items.length,
    lists: 4,
  });
  for (const [id] of items) {
    const lists = shop.forItems?.[id];
    await itemsIndex.writeRow(
      [lists?.all, lists?.novel, lists?.liftAll, lists?.liftNovel].map((list) =>
        ranked(list, userIndex),
      ),
    );
  }
  await itemsIndex.close();

  const counts = Uint32Array.from(items, ([id]) => shop.counts?.[id] ?? 0);
  await artefact.writeTensors("popular.safetensors", popularityTensors(popularityOf(counts)));
  const seen = users.map(([id]) => (shop.seen?.[id] ?? []).map((item) => itemIndex.get(item)!));
  const offsets = Uint32Array.from([0, ...seen.map((_, i) => seen.slice(0, i + 1).flat().length)]);
  const sets = seenSetsOf(offsets, Uint32Array.from(seen.flat()));
  await artefact.writeTensors("seen.safetensors", seenTensors(sets));
  await artefact.writeTensors("users.safetensors", entityTensors(tables(users)));
  await artefact.writeTensors("items.safetensors", entityTensors(tables(items)));

  const content: ServingContent = {
    users: users.length,
    items: items.length,
    kMax,
    userIds,
    itemIds,
    probabilityOf: "an interaction",
    coldUser: "written by hand",
  };
  await artefact.finish({ createdAtSeconds: 1_700_000_000, inputs: {}, content });
}

function entriesOf(entities: Attributes): [string, object][] {
  return isMap(entities) ? [...entities] : Object.entries(entities);
}

function isMap(entities: Attributes): entities is ReadonlyMap<string, object> {
  return entities instanceof Map;
}

function ranked(list: List = [], indexOf: ReadonlyMap<string, number>): RankedList {
  return {
    indices: Uint32Array.from(list, ([id]) => indexOf.get(id)!),
    probabilities: Float32Array.from(list, ([, probability]) => probability),
    count: list.length,
  };
}

function tables(entities: readonly [string, object][]) {
  return {
    ids: stringTable(entities.map(([id]) => id)),
    attributes: stringTable(
      entities.map(([, attributes]) => JSON.stringify(attributes).slice(1, -1)),
    ),
  };
}
