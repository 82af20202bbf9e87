import {
  PART,
  ProcessedDataContent,
  type ServingContent,
  type StageRun,
} from "../../schema/index.ts";
import {
  artefactFolder,
  ArtefactWriter,
  type Bucket,
  createIndexWriter,
  createLinesWriter,
  entityTensors,
  popularityOf,
  popularityTensors,
  readEntities,
  readManifest,
  seenSetsOf,
  seenTensors,
  writePopularLines,
} from "../../storage/index.ts";
import { INTERACTION_EVENT } from "../calibrate/index.ts";
import { popularity, readDataset } from "../data/index.ts";
import {
  ITEM_LINES,
  LINE_FORMATS,
  mergeBoards,
  shardFolder,
  shardsFolder,
  USER_LINES,
} from "./shard-files.ts";

const ALL_PARTS = [PART.train, PART.validation, PART.test];

/** Merges the shards into the folder that the responder serves, and writes its manifest. */
export async function mergeStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, config } = run;
  const k = config.transform.kMax;
  const processed = run.inputs["processed_data"]!;
  const dataset = await readDataset(bucket, processed);
  const data = ProcessedDataContent.parse(
    (await readManifest(bucket, "processed_data", processed)).content,
  );
  const shards = Array.from({ length: config.instances.transform.instanceCount }, (_, shard) =>
    shardFolder(execution, shard),
  );
  const artefact = new ArtefactWriter(bucket, "batch_transform_inference_output", execution);
  if ((await bucket.head(`${artefact.folder}/manifest.json`)) !== undefined) {
    await bucket.removeAll(shardsFolder(execution)); // killed after the artefact was whole
    return;
  }
  const progress = (activity: string): void => {
    run.signal.throwIfAborted();
    run.report({ activity });
  };

  progress("merge lists of users");
  const userIndex = await createIndexWriter(await artefact.create("users.index"), {
    k,
    lists: 2,
    rows: dataset.users + 1,
  });
  const rowBytes = 2 * (4 + 8 * k);
  for (const shard of shards)
    await forEachPiece(bucket, `${shard}/users.rows`, rowBytes, (rows) =>
      userIndex.writeRows(rows),
    );
  await userIndex.close();
  for (const name of USER_LINES.flatMap((lines) =>
    LINE_FORMATS.map((format) => `${lines}.${format}`),
  )) {
    const writer = await artefact.create(name);
    for (const shard of shards)
      await forEachPiece(bucket, `${shard}/${name}`, 1, (bytes) => writer.write(bytes));
    await writer.close();
  }

  progress("merge lists of items");
  const source = artefactFolder("processed_data", processed);
  const users = await readEntities(bucket, `${source}/users.safetensors`);
  const items = await readEntities(bucket, `${source}/items.safetensors`);
  const userColumn = { name: "user_id", ids: users.ids, form: data.userIds } as const;
  const itemColumn = { name: "item_id", ids: items.ids, form: data.itemIds } as const;
  const boards = await mergeBoards(
    bucket,
    shards.map((shard) => `${shard}/boards.safetensors`),
    dataset.items,
    k,
  );
  const itemIndex = await createIndexWriter(await artefact.create("items.index"), {
    k,
    lists: 4,
    rows: dataset.items,
  });
  const lines = [];
  for (const [list, name] of ITEM_LINES.entries()) {
    for (const format of LINE_FORMATS) {
      const writer = await artefact.create(`${name}.${format}`);
      lines.push({
        list,
        writer: await createLinesWriter(writer, { format, key: itemColumn, value: userColumn }),
      });
    }
  }
  for (let item = 0; item < dataset.items; item++) {
    const lists = [boards.all, boards.novel, boards.liftAll, boards.liftNovel].map((board) =>
      board.ranking(item),
    );
    await itemIndex.writeRow(lists);
    for (const { list, writer } of lines) await writer.writeList(item, lists[list]!);
  }
  await itemIndex.close();
  for (const { writer } of lines) await writer.close();

  progress("write popular items and ids");
  const popular = popularityOf(popularity(dataset, ALL_PARTS));
  await artefact.writeTensors("popular.safetensors", popularityTensors(popular));
  for (const format of LINE_FORMATS) {
    await writePopularLines(
      await artefact.create(`popular_items.${format}`),
      format,
      popular,
      itemColumn,
    );
  }
  await artefact.writeTensors(
    "seen.safetensors",
    seenTensors(seenSetsOf(dataset.userOffsets, dataset.item)),
  );
  await artefact.writeTensors("users.safetensors", entityTensors(users));
  await artefact.writeTensors("items.safetensors", entityTensors(items));
  const content: ServingContent = {
    users: dataset.users,
    items: dataset.items,
    kMax: k,
    userIds: data.userIds,
    itemIds: data.itemIds,
    probabilityOf: INTERACTION_EVENT,
    coldUser: "the popularity distribution over all items, calibrated as a user without history",
  };
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs: { ...run.inputs, model: run.inputs["model"] ?? execution },
    content,
  });
  await bucket.removeAll(shardsFolder(execution));
}

/** Reads an object in pieces of whole units. */
async function forEachPiece(
  bucket: Bucket,
  path: string,
  unitBytes: number,
  onPiece: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const reader = await bucket.open(path);
  try {
    const size = Math.max(1, Math.floor((1 << 20) / unitBytes)) * unitBytes;
    for (let offset = 0; offset < reader.bytes; offset += size) {
      await onPiece(await reader.read(offset, Math.min(size, reader.bytes - offset)));
    }
  } finally {
    await reader.close();
  }
}
