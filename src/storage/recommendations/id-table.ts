import { type StringTable, tableSize } from "./string-table.ts";

/**
 * Finds ids by a hash table of 6 to 12 bytes an id. A search by halves would take less, but goes to
 * memory for each of its log₂ N steps, and each trip is a wait.
 *
 * @param ids - distinct
 * @returns what gives an id's index, by its exact text
 */
export function createIdTable(ids: StringTable): (id: string) => number | undefined {
  const { bytes, offsets } = ids;
  const count = tableSize(ids);
  // A power of two that stays at least a third empty, so that what is not there is soon known.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.5 * count + 1)));
  const last = slots.length - 1;
  for (let i = 0; i < count; i++) {
    let hash = SEED;
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) hash = hashed(hash, bytes[at]!);
    let slot = mixed(hash) & last;
    while (slots[slot] !== 0) slot = (slot + 1) & last;
    slots[slot] = i + 1; // 0 is an empty slot
  }

  return (id) => {
    const wanted = utf8(id);
    const length = wanted.length;
    let hash = SEED;
    for (let i = 0; i < length; i++) hash = hashed(hash, wanted.charCodeAt(i));
    for (let slot = mixed(hash) & last; slots[slot] !== 0; slot = (slot + 1) & last) {
      const index = slots[slot]! - 1;
      const start = offsets[index]!;
      if (offsets[index + 1]! - start !== length) continue;
      let same = 0;
      while (same < length && bytes[start + same] === wanted.charCodeAt(same)) same++;
      if (same === length) return index;
    }
    return undefined;
  };
}

/** A text whose characters are the bytes of this one in UTF-8: itself, nearly always. */
function utf8(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127) return Buffer.from(text).toString("latin1");
  }
  return text;
}

/** FNV-1a, 32 bits. */
const SEED = 0x811c9dc5 | 0;

function hashed(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

/** The low bits choose the slot: they must depend on all. */
function mixed(hash: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return folded ^ (folded >>> 13);
}
