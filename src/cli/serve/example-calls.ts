import {
  artefactFolder,
  type Bucket,
  createIdLookup,
  readEntities,
  readPointer,
  stringAt,
  tableSize,
} from "../../storage/index.ts";

const SERVED = "batch_transform_inference_output";

/** The paths of the documentation's three example calls (Q100), for ids that exist in what is served. */
export async function exampleCalls(bucket: Bucket): Promise<readonly string[]> {
  const pointer = await readPointer(bucket, SERVED);
  if (pointer === undefined) return [];
  const folder = artefactFolder(SERVED, pointer.execution);
  const users = await twoIds(bucket, `${folder}/users.safetensors`, ["10", "20"]);
  const items = await twoIds(bucket, `${folder}/items.safetensors`, ["10", "11"]);
  return [
    `/recommend/item-to-user?type=items2users&id_list=${users}&k=10&novel_only=1&return_attributes=1`,
    `/recommend/user-to-item?type=users2items&id_list=${items}&k=10&novel_only=1&return_attributes=0`,
    `/recommend/popular?type=popular_items&id_list=${users}&k=3&novel_only=1&return_attributes=1`,
  ];
}

/** The documentation's ids where they exist, else the first there are, as an `id_list`. */
async function twoIds(
  bucket: Bucket,
  path: string,
  documented: readonly string[],
): Promise<string> {
  const { ids } = await readEntities(bucket, path);
  const indexOf = createIdLookup(ids);
  const first = Array.from({ length: Math.min(2, tableSize(ids)) }, (_, index) =>
    stringAt(ids, index),
  );
  const chosen = documented.every((id) => indexOf(id) !== undefined) ? documented : first;
  const isPlain = chosen.every((id) => /^[\w.~-]+$/.test(id));
  return isPlain ? chosen.join(",") : encodeURIComponent(JSON.stringify(chosen));
}
