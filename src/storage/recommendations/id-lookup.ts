import { stringAt, type StringTable, tableSize } from "./string-table.ts";

/**
 * Finds ids among N sorted ones by binary search, with no map in memory.
 *
 * Ids ascend numerically when every id is an integer as A4 has it (no leading zeros, at most 2⁵³ − 1),
 * else by their UTF-8 bytes. An id is found by its exact text alone: "007" is not 7.
 *
 * @throws RangeError if the ids do not ascend
 */
export function createIdLookup(ids: StringTable): (id: string) => number | undefined {
  const compare = everyIdIsInteger(ids) ? compareIntegers : compareBytes;
  for (let i = 1; i < tableSize(ids); i++) {
    const previous = ids.bytes.subarray(ids.offsets[i - 1], ids.offsets[i]);
    if (compare(previous, ids, i) >= 0) {
      throw new RangeError(`ids must ascend, got "${stringAt(ids, i - 1)}", "${stringAt(ids, i)}"`);
    }
  }
  return (id) => {
    // Only an integer can be among integers, and only integers have an order.
    if (compare === compareIntegers && !INTEGER.test(id)) return undefined;
    const wanted = Buffer.from(id);
    let low = 0;
    let high = tableSize(ids);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compare(wanted, ids, middle);
      if (order === 0) return middle;
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return undefined;
  };
}

/** Is every id an integer that a JSON number holds exactly? (A4) */
export function everyIdIsInteger(ids: StringTable): boolean {
  for (let i = 0; i < tableSize(ids); i++) {
    if (!isInteger(ids.bytes, ids.offsets[i]!, ids.offsets[i + 1]!)) return false;
  }
  return true;
}

const INTEGER = /^(0|-?[1-9]\d*)$/;
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

/** Compares two integers written without leading zeros: by sign, then length, then digits. */
function compareIntegers(wanted: Uint8Array, ids: StringTable, index: number): number {
  const otherStart = ids.offsets[index]!;
  const negative = wanted[0] === MINUS;
  const otherNegative = ids.bytes[otherStart] === MINUS;
  if (negative !== otherNegative) return negative ? -1 : 1;
  const sign = negative ? -1 : 1;
  const longer = wanted.length - (ids.offsets[index + 1]! - otherStart);
  return sign * (longer === 0 ? compareBytes(wanted, ids, index) : longer);
}

function compareBytes(wanted: Uint8Array, { bytes, offsets }: StringTable, index: number): number {
  const start = offsets[index]!;
  const length = offsets[index + 1]! - start;
  for (let i = 0; i < wanted.length && i < length; i++) {
    if (wanted[i] !== bytes[start + i]) return wanted[i]! - bytes[start + i]!;
  }
  return wanted.length - length;
}
