import { createIdTable } from "./id-table.ts";
import { stringAt, type StringTable, tableSize } from "./string-table.ts";

/**
 * Finds ids among N sorted ones.
 *
 * Ids ascend numerically when every id is an integer as A4 has it (no leading zeros, at most 2⁵³ − 1),
 * else by their UTF-8 bytes. An id is found by its exact text alone: "007" is not 7.
 *
 * @throws RangeError if the ids do not ascend
 */
export function createIdLookup(ids: StringTable): (id: string) => number | undefined {
  const compare = everyIdIsInteger(ids) ? compareIntegers : compareBytes;
  for (let i = 1; i < tableSize(ids); i++) {
    if (compare(ids, i - 1, i) >= 0) {
      throw new RangeError(`ids must ascend, got "${stringAt(ids, i - 1)}", "${stringAt(ids, i)}"`);
    }
  }
  return createIdTable(ids);
}

/** Is every id an integer that a JSON number holds exactly? (A4) */
export function everyIdIsInteger(ids: StringTable): boolean {
  for (let i = 0; i < tableSize(ids); i++) {
    if (!isInteger(ids.bytes, ids.offsets[i]!, ids.offsets[i + 1]!)) return false;
  }
  return true;
}

const MINUS = 45;
const ZERO = 48;
const NINE = 57;
/** Integers of fewer digits are below 2⁵³. */
const SURELY_SAFE_DIGITS = 15;

function isInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === MINUS ? start + 1 : start;
  if (end === first || (bytes[first] === ZERO && end - start > 1)) return false;
  for (let i = first; i < end; i++) if (bytes[i]! < ZERO || bytes[i]! > NINE) return false;
  if (end - first <= SURELY_SAFE_DIGITS) return true;
  return Number.isSafeInteger(Number(Buffer.from(bytes.subarray(start, end)).toString("latin1")));
}

/** Compares ids a and b, integers written without leading zeros: by sign, then length, then digits. */
function compareIntegers(ids: StringTable, a: number, b: number): number {
  const { bytes, offsets } = ids;
  const negative = bytes[offsets[a]!] === MINUS;
  const otherNegative = bytes[offsets[b]!] === MINUS;
  if (negative !== otherNegative) return negative ? -1 : 1;
  const longer = lengthOf(ids, a) - lengthOf(ids, b);
  return (negative ? -1 : 1) * (longer === 0 ? compareBytes(ids, a, b) : longer);
}

function compareBytes(ids: StringTable, a: number, b: number): number {
  const { bytes, offsets } = ids;
  const start = offsets[a]!;
  const otherStart = offsets[b]!;
  const length = Math.min(lengthOf(ids, a), lengthOf(ids, b));
  for (let i = 0; i < length; i++) {
    if (bytes[start + i] !== bytes[otherStart + i]) {
      return bytes[start + i]! - bytes[otherStart + i]!;
    }
  }
  return lengthOf(ids, a) - lengthOf(ids, b);
}

function lengthOf({ offsets }: StringTable, index: number): number {
  return offsets[index + 1]! - offsets[index]!;
}
