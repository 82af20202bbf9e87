import { USER_LISTS } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  encodeSafetensors,
  type Tensors,
  vector,
} from "../../storage/index.ts";
import type { ItemBoards } from "./item-boards.ts";
import { type Boards, emptyBoards } from "./board-offers.ts";

/** Lists of a row of `users.index`. */
export const USER_LIST_COUNT = Object.keys(USER_LISTS).length;

const BOARDS = ["all", "novel", "liftAll", "liftNovel"] as const;

/** Where a shard leaves its part until the merge. */
export function shardFolder(execution: string, shard: number): string {
  return `${shardsFolder(execution)}${String(shard)}`;
}

/** The folder of all shards; removed by the merge. */
export function shardsFolder(execution: string): string {
  return `${artefactFolder("batch_transform_inference_output", execution)}/shards/`;
}

/** Writes a shard's boards: heaps as they stand, to be merged. */
export async function writeBoards(bucket: Bucket, path: string, boards: Boards): Promise<void> {
  const tensors: Record<string, Tensors[string]> = {};
  for (const name of BOARDS) {
    const { users, values, probabilities, counts } = boards[name];
    tensors[`${name}.users`] = vector(users);
    tensors[`${name}.values`] = vector(values);
    tensors[`${name}.probabilities`] = vector(probabilities);
    tensors[`${name}.counts`] = vector(counts);
  }
  const writer = await bucket.create(path);
  for (const piece of encodeSafetensors(tensors)) await writer.write(piece);
  await writer.close();
}

/** Reads the boards of several shards into one. */
export async function mergeBoards(
  bucket: Bucket,
  paths: readonly string[],
  items: number,
  k: number,
): Promise<Boards> {
  const merged = emptyBoards(items, k);
  for (const path of paths) {
    const tensors = decodeSafetensors(await bucket.read(path));
    for (const name of BOARDS) {
      merged[name].merge({
        users: tensors[`${name}.users`]!.values as Uint32Array,
        values: tensors[`${name}.values`]!.values as Float32Array,
        probabilities: tensors[`${name}.probabilities`]!.values as Float32Array,
        counts: tensors[`${name}.counts`]!.values as Uint32Array,
      } satisfies Pick<ItemBoards, "users" | "values" | "probabilities" | "counts">);
    }
  }
  return merged;
}
