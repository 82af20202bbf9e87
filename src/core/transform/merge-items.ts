import { type ArtefactWriter, type Bucket, createIndexWriter } from "../../storage/index.ts";
import type { Columns } from "./columns.ts";
import { ITEM_LINES, openLineFiles } from "./line-files.ts";
import { mergeBoards } from "./shard-files.ts";

/** Merges the shards' boards into the index and the lines of users for items. */
export async function mergeItems(
  bucket: Bucket,
  artefact: ArtefactWriter,
  shards: readonly string[],
  { items, k, columns }: { readonly items: number; readonly k: number; readonly columns: Columns },
): Promise<void> {
  const boards = await mergeBoards(
    bucket,
    shards.map((shard) => `${shard}/boards.safetensors`),
    items,
    k,
  );
  const lists = [boards.all, boards.novel, boards.liftAll, boards.liftNovel];
  const index = await createIndexWriter(await artefact.create("items.index"), {
    k,
    lists: lists.length,
    rows: items,
  });
  const lines = await openLineFiles((name) => artefact.create(name), ITEM_LINES, {
    key: columns.itemColumn,
    value: columns.userColumn,
    header: true,
  });
  for (let item = 0; item < items; item++) {
    const rankings = lists.map((board) => board.ranking(item));
    await index.writeRow(rankings);
    await lines.write(item, rankings);
  }
  await index.close();
  await lines.close();
}
