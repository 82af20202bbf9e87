import type { ReadableBucket } from "../bucket.ts";
import { decodeSafetensors, type Tensors, vector } from "../safetensors.ts";
import type { StringTable } from "./string-table.ts";

/** The users or the items as they are shown: ids, and attributes as the inside of a JSON object (A8). */
export interface Entities {
  readonly ids: StringTable;
  readonly attributes: StringTable;
}

/**
 * `users.safetensors` or `items.safetensors` of a serving folder: `id_offsets` U32 (N + 1), `id_bytes`
 * U8, `attribute_offsets` U32 (N + 1), `attribute_bytes` U8, as in processed_data.
 */
export function entityTensors({ ids, attributes }: Entities): Tensors {
  return {
    id_offsets: vector(ids.offsets),
    id_bytes: vector(ids.bytes),
    attribute_offsets: vector(attributes.offsets),
    attribute_bytes: vector(attributes.bytes),
  };
}

/** Reads ids and attributes of a serving folder's file, or of processed_data's. */
export async function readEntities(bucket: ReadableBucket, path: string): Promise<Entities> {
  const tensors = decodeSafetensors(await bucket.read(path));
  const table = (name: string): StringTable => {
    const offsets = tensors[`${name}_offsets`]?.values;
    const bytes = tensors[`${name}_bytes`]?.values;
    if (!(offsets instanceof Uint32Array && bytes instanceof Uint8Array)) {
      throw new RangeError(
        `${path} needs the tensors ${name}_offsets (U32) and ${name}_bytes (U8)`,
      );
    }
    return { offsets, bytes };
  };
  return { ids: table("id"), attributes: table("attribute") };
}
