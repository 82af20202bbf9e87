import type { Entities } from "./entities.ts";
import { renderIds } from "./rendered-ids.ts";
import { tableSize } from "./string-table.ts";

/**
 * Per entity i its id as a JSON value, `bytes[bounds[2i] … bounds[2i + 1])`, and right behind it, with a
 * comma before them, its attributes, up to `bounds[2i + 2]`.
 *
 * A list shows entities from all over the catalogue, and each is a trip to memory: what is shown
 * together stands together.
 */
export interface EntityTexts {
  readonly bytes: Uint8Array;
  readonly bounds: Uint32Array;
}

/**
 * Puts ids and attributes together.
 *
 * @throws RangeError if they pass 4 GiB, what 32-bit bounds reach
 */
export function renderEntities(
  { ids, attributes }: Entities,
  form: "number" | "string",
): EntityTexts {
  const idTexts = renderIds(ids, form);
  const count = tableSize(ids);
  const length = idTexts.bytes.length + attributes.bytes.length + count;
  if (length > 0xffff_ffff)
    throw new RangeError(`ids and attributes of ${length} bytes pass 4 GiB`);
  const bytes = Buffer.allocUnsafeSlow(length);
  const bounds = new Uint32Array(2 * count + 1);
  let end = 0;
  const append = (source: Uint8Array, from: number, to: number): void => {
    for (let i = from; i < to; i++) bytes[end++] = source[i]!;
  };
  for (let i = 0; i < count; i++) {
    append(idTexts.bytes, idTexts.offsets[i]!, idTexts.offsets[i + 1]!);
    bounds[2 * i + 1] = end;
    const start = attributes.offsets[i]!;
    const stop = attributes.offsets[i + 1]!;
    if (start < stop) bytes[end++] = COMMA;
    append(attributes.bytes, start, stop);
    bounds[2 * i + 2] = end;
  }
  return { bytes: bytes.subarray(0, end), bounds };
}

const COMMA = 44;
