import { SOURCES } from "./choice.ts";
import { mix } from "./hash.ts";
import type { Interactions } from "./interactions.ts";

const LONGEST_LINE = 36 + 10 + 10 + 1 + 8 + 10 + 6; // UUID, two IDs, rating, source, time, separators
const COMMA = 44;
const LINE_FEED = 10;
const DASH = 45;
const ZERO = 48;
const HEX = Buffer.from("0123456789abcdef");
const SOURCE_BYTES = SOURCES.map((source) => Buffer.from(source));

type Words = [number, number, number, number];

/** Writes rows of `user_item_interactions.csv` straight to bytes: millions of rows in seconds. */
export class InteractionLines {
  /** Of the four words of an interaction ID. */
  readonly #keys: readonly number[];
  #rows = 0;
  #at = 0;
  #bytes = Buffer.alloc(0);

  /** @param key - under which the interaction IDs are hashed */
  constructor(key: number) {
    this.#keys = [0, 1, 2, 3].map((word) => mix(key, word));
  }

  /** The lines of some interactions, in order; the bytes are overwritten by the next call. */
  encode(rows: Interactions): Uint8Array {
    const { length } = rows.userIndex;
    if (this.#bytes.length < length * LONGEST_LINE) {
      this.#bytes = Buffer.allocUnsafe(length * LONGEST_LINE);
    }
    this.#at = 0;
    for (let row = 0; row < length; row++) {
      this.#uuid();
      this.#byte(COMMA);
      this.#number(rows.userIndex[row]! + 1);
      this.#byte(COMMA);
      this.#number(rows.itemIndex[row]! + 1);
      this.#byte(COMMA);
      this.#number(rows.rating[row]!);
      this.#byte(COMMA);
      for (const byte of SOURCE_BYTES[rows.source[row]!]!) this.#byte(byte);
      this.#byte(COMMA);
      this.#number(rows.timestampSeconds[row]!);
      this.#byte(LINE_FEED);
    }
    return this.#bytes.subarray(0, this.#at);
  }

  /** A version 4 UUID. Rows below 2³² differ in the first word already, since `mix` repeats none. */
  #uuid(): void {
    const row = this.#rows++;
    const [first, second, third, fourth] = this.#keys.map((key) => mix(key, row)) as Words;
    this.#hex(first, 8);
    this.#byte(DASH);
    this.#hex(second >>> 16, 4);
    this.#byte(DASH);
    this.#hex(0x4000 | (second & 0x0fff), 4);
    this.#byte(DASH);
    this.#hex(0x8000 | (third & 0x3fff), 4);
    this.#byte(DASH);
    this.#hex(third >>> 16, 4);
    this.#hex(fourth, 8);
  }

  #hex(value: number, digits: number): void {
    for (let digit = digits - 1; digit >= 0; digit--) {
      this.#byte(HEX[(value >>> (4 * digit)) & 15]!);
    }
  }

  #number(value: number): void {
    let size = 1;
    for (let power = 10; power <= value; power *= 10) size++;
    let rest = value;
    for (let place = this.#at + size - 1; place >= this.#at; place--) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[place] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
    this.#at += size;
  }

  #byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }
}
