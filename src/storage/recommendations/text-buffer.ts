/** A growing buffer of text, for output too large or too frequent for JavaScript strings. */
export class TextBuffer {
  #bytes: Buffer;
  /** Of the same memory. */
  #view: DataView;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** The text so far; overwritten by what is appended after {@link clear}. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  toString(): string {
    return this.#bytes.toString("utf8", 0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  append(source: Uint8Array, start = 0, end = source.length): void {
    const count = end - start;
    this.#reserve(count);
    const target = this.#bytes;
    let at = this.#length;
    this.#length += count;
    if (count > SHORT) target.set(source.subarray(start, end), at);
    else for (let i = start; i < end; i++) target[at++] = source[i]!;
  }

  /**
   * Appends a short part of a larger text, word by word: faster than byte by byte, and than a call.
   *
   * @param source - holds {@link WORD_SLACK} bytes more than the part, which are read and then overwritten
   */
  appendWords(source: DataView, start: number, end: number): void {
    this.#reserve(end - start + WORD_SLACK);
    const target = this.#view;
    let at = this.#length;
    this.#length += end - start;
    for (let i = start; i < end; i += 4, at += 4) {
      target.setInt32(at, source.getInt32(i, true), true);
    }
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  appendString(text: string): void {
    this.#reserve(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** @param value - an integer from 0 to 2³² − 1 */
  appendInteger(value: number): void {
    this.#reserve(10);
    const digits = value < 10 ? 1 : value < 100 ? 2 : decimalDigits(value);
    writeDigits(this.#view, this.#length + digits, digits, value);
    this.#length += digits;
  }

  /**
   * Appends a 32-bit float in [0, 1] with so many decimals that no other 32-bit float is written the
   * same, and no trailing zeros.
   *
   * Floats in [2^e, 2^(e+1)) lie 2^(e−23) apart, so d decimals tell them apart if 10^−d < 2^(e−23).
   */
  appendProbability(value: number): void {
    if (value >= 0.125 && value < 1) this.#appendDecimals(value * 1e8, 8);
    else if (value >= 2 ** -6 && value < 1) this.#appendDecimals(value * 1e9, 9);
    else if (value >= 2 ** -10 && value < 1) this.#appendDecimals(value * 1e10, 10);
    else if (value >= 2 ** -13 && value < 1) this.#appendDecimals(value * 1e11, 11);
    else this.appendString(String(Number(value.toPrecision(9))));
  }

  #appendDecimals(scaled: number, decimals: number): void {
    this.#reserve(2 + decimals);
    const bytes = this.#bytes;
    bytes[this.#length] = ZERO;
    bytes[this.#length + 1] = POINT;
    let end = this.#length + 2 + decimals;
    writeDigits(this.#view, end, decimals, (scaled + 0.5) >>> 0); // below 2³¹ for every scale used
    while (bytes[end - 1] === ZERO) end--;
    this.#length = end;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes());
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Bytes behind a part that {@link TextBuffer.appendWords} may touch. */
export const WORD_SLACK = 3;

const ZERO = 48;
const POINT = 46;
/** Up to here a loop is faster than a call. */
const SHORT = 32;

function decimalDigits(value: number): number {
  let digits = 3;
  for (let limit = 1000; value >= limit; limit *= 10) digits++;
  return digits;
}

/** "00" to "99", the first digit in the low byte. */
const PAIRS = Uint16Array.from(
  { length: 100 },
  (_, value) => ZERO + Math.floor(value / 10) + ((ZERO + (value % 10)) << 8),
);

function writeDigits(target: DataView, end: number, digits: number, value: number): void {
  let at = end;
  for (let left = digits; left > 1; left -= 2) {
    const rest = (value / 100) >>> 0;
    target.setUint16((at -= 2), PAIRS[value - 100 * rest]!, true);
    value = rest;
  }
  if (digits % 2 === 1) target.setUint8(at - 1, ZERO + value);
}
