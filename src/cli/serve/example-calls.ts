import {
  type Bucket,
  openServingFolder,
  readPointer,
  type ServedEntities,
  stringAt,
  tableSize,
} from "../../storage/index.ts";

/** The paths of the documentation's three example calls (Q100), for ids that exist in what is served. */
export async function exampleCalls(bucket: Bucket): Promise<readonly string[]> {
  const pointer = await readPointer(bucket, "batch_transform_inference_output");
  if (pointer === undefined) return [];
  const folder = await openServingFolder(bucket, pointer);
  try {
    const users = twoIds(folder.users, ["10", "20"]);
    const items = twoIds(folder.items, ["10", "11"]);
    return [
      `/recommend/item-to-user?type=items2users&id_list=${users}&k=10&novel_only=1&return_attributes=1`,
      `/recommend/user-to-item?type=users2items&id_list=${items}&k=10&novel_only=1&return_attributes=0`,
      `/recommend/popular?type=popular_items&id_list=${users}&k=3&novel_only=1&return_attributes=1`,
    ];
  } finally {
    await folder.close();
  }
}

/** The documentation's ids where they exist, else the first there are, as an `id_list`. */
function twoIds({ ids, indexOf }: ServedEntities, documented: readonly string[]): string {
  const first = Array.from({ length: Math.min(2, tableSize(ids)) }, (_, index) =>
    stringAt(ids, index),
  );
  const chosen = documented.every((id) => indexOf(id) !== undefined) ? documented : first;
  const isPlain = chosen.every((id) => /^[\w.~-]+$/.test(id));
  return isPlain ? chosen.join(",") : encodeURIComponent(JSON.stringify(chosen));
}
