import type { Entities } from "./entities.ts";
import { renderIds } from "./rendered-ids.ts";
import { tableSize } from "./string-table.ts";
import { WORD_SLACK } from "./text-buffer.ts";

/**
 * Per entity i the two parts of its entry in a list: `,{"item_id":7`, from `bounds[2i]` up to
 * `bounds[2i + 1]`, and right behind it `,"age":29}`, up to `bounds[2i + 2]`. Between them belongs what
 * the list says of it.
 *
 * A list shows entities from all over the catalogue, and each is a trip to memory: what is shown
 * together stands together. The text around ids and attributes takes 13 bytes an entity.
 */
export interface EntityTexts {
  /** Ends with the slack of `TextBuffer.appendWords`. */
  readonly bytes: DataView;
  readonly bounds: Uint32Array;
}

/**
 * Puts ids and attributes together.
 *
 * @throws RangeError if they pass 4 GiB, what 32-bit bounds reach
 */
export function renderEntities(
  { ids, attributes }: Entities,
  idName: "item_id" | "user_id",
  form: "number" | "string",
): EntityTexts {
  const idTexts = renderIds(ids, form);
  const count = tableSize(ids);
  const opening = Buffer.from(`,{"${idName}":`);
  const length =
    idTexts.bytes.length + attributes.bytes.length + count * (opening.length + 2) + WORD_SLACK;
  if (length > 0xffff_ffff)
    throw new RangeError(`ids and attributes of ${length} bytes pass 4 GiB`);
  const bytes = Buffer.allocUnsafeSlow(length);
  const bounds = new Uint32Array(2 * count + 1);
  let end = 0;
  const append = (source: Uint8Array, from: number, to: number): void => {
    for (let i = from; i < to; i++) bytes[end++] = source[i]!;
  };
  for (let i = 0; i < count; i++) {
    append(opening, 0, opening.length);
    append(idTexts.bytes, idTexts.offsets[i]!, idTexts.offsets[i + 1]!);
    bounds[2 * i + 1] = end;
    const start = attributes.offsets[i]!;
    const stop = attributes.offsets[i + 1]!;
    if (start < stop) bytes[end++] = COMMA;
    append(attributes.bytes, start, stop);
    bytes[end++] = CLOSE;
    bounds[2 * i + 2] = end;
  }
  return { bytes: new DataView(bytes.buffer, 0, end + WORD_SLACK), bounds };
}

const COMMA = 44;
const CLOSE = 125;
