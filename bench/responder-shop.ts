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
} from "../src/storage/index.ts";

export const USERS = 20_000;
const ITEMS = 5_000;
const K_MAX = 100;

/** A served execution, of 20,000 users and 5,000 items if nothing else is said, with attributes like MovieLens-1M's. */
export async function serveBenchShop(
  bucket: Bucket,
  { users: userCount, items: itemCount } = { users: USERS, items: ITEMS },
): Promise<void> {
  const stage = "batch_transform_inference_output";
  const artefact = new ArtefactWriter(bucket, stage, "bench");
  const users = await createIndexWriter(await artefact.create("users.index"), {
    k: K_MAX,
    rows: userCount + 1,
    lists: 2,
  });
  for (let row = 0; row <= userCount; row++) {
    await users.writeRow([rankedList(row, itemCount), rankedList(row + 1, itemCount)]);
  }
  await users.close();
  const items = await createIndexWriter(await artefact.create("items.index"), {
    k: K_MAX,
    rows: itemCount,
    lists: 4,
  });
  for (let row = 0; row < itemCount; row++) {
    await items.writeRow([0, 1, 2, 3].map((list) => rankedList(row + list, userCount)));
  }
  await items.close();
  const counts = Uint32Array.from({ length: itemCount }, (_, item) => (item * 7919) % 3000);
  await artefact.writeTensors("popular.safetensors", popularityTensors(popularityOf(counts)));
  const offsets = Uint32Array.from({ length: userCount + 1 }, (_, user) => user * 20);
  const seen = Uint32Array.from({ length: userCount * 20 }, (_, row) => (row * 7919) % itemCount);
  await artefact.writeTensors("seen.safetensors", seenTensors(seenSetsOf(offsets, seen)));
  await artefact.writeTensors("users.safetensors", entityTensors(entities(userCount, () => "")));
  await artefact.writeTensors(
    "items.safetensors",
    entityTensors(entities(itemCount, attributesOf)),
  );
  await artefact.finish({
    createdAtSeconds: 1_700_000_000,
    inputs: {},
    content: {
      users: userCount,
      items: itemCount,
      kMax: K_MAX,
      userIds: "number",
      itemIds: "number",
      probabilityOf: "an interaction",
      coldUser: "the same as any",
    },
  });
  await publish(bucket, stage, "bench");
}

function entities(count: number, attributes: (index: number) => string) {
  const indices = Array.from({ length: count }, (_, index) => index);
  return {
    ids: stringTable(indices.map((index) => String(index + 1))),
    attributes: stringTable(indices.map(attributes)),
  };
}

function attributesOf(item: number): string {
  const name = "A Title of Usual Length, The".slice(item % 20);
  const genre = ["Comedy", "Drama", "Sci-Fi", "Thriller"].slice(item % 4);
  return JSON.stringify({ age: 20 + (item % 60), name, genre }).slice(1, -1);
}

function rankedList(row: number, range: number): RankedList {
  const indices = Uint32Array.from(
    { length: K_MAX },
    (_, rank) => (row * 131 + rank * 977) % range,
  );
  const probabilities = Float32Array.from({ length: K_MAX }, (_, rank) => 0.761 - rank * 0.00173);
  return { indices, probabilities, count: K_MAX };
}
