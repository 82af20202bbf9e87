import { isUtf8 } from "node:buffer";

import { DataError } from "../../schema/index.ts";

/** One record of a CSV file. */
export interface RawRecord {
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** What keeps it from being read: a quote that does not close properly, or bytes that are no text. */
  readonly flaw: "quotes" | "encoding" | undefined;
  /** The record as it stands in the file, without its line ending. */
  readonly text: string;
}

/** A quoted value may be this long; the quote of a longer one counts as a stray. */
const MAX_QUOTED_BYTES = 1 << 20;
/** A line longer than this, 16 MiB, is no line of a CSV file. */
export const MAX_LINE_BYTES = 1 << 24;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits a CSV file into records exactly, whatever is in it (RFC 4180, and rules for what breaks it).
 *
 * Lines end with LF or CRLF. A line with nothing on it is no record. A byte order mark is skipped. A
 * value is quoted if its first byte is a quote; it then ends at the next single quote, which must be
 * followed by a comma or the line's end. If it is not, or the file ends first, only the *line* on which
 * the record began is set aside as flawed: one stray quote costs one line, never the rest of the file.
 */
export class RecordSplitter {
  readonly #file: string;
  readonly #visit: (record: RawRecord) => void;
  #pending: Buffer = Buffer.alloc(0);
  #line = 1;
  #started = false;
  /** May the bytes in hand hold something that is not UTF-8 text? */
  #suspicious = false;

  constructor(file: string, visit: (record: RawRecord) => void) {
    this.#file = file;
    this.#visit = visit;
  }

  /** @throws DataError for a line longer than 16 MiB */
  push(block: Buffer): void {
    this.#pending = this.#pending.length === 0 ? block : Buffer.concat([this.#pending, block]);
    if (!this.#started && this.#pending.length >= 3) this.#skipByteOrderMark();
    if (this.#started) this.#consume(false);
    if (this.#pending.length > MAX_LINE_BYTES) {
      throw new DataError(
        { file: this.#file, line: this.#line },
        `the line is longer than ${MAX_LINE_BYTES} bytes; end each row with a line feed`,
      );
    }
  }

  end(): void {
    if (!this.#started) this.#skipByteOrderMark();
    this.#consume(true);
  }

  #skipByteOrderMark(): void {
    this.#started = true;
    const [first, second, third] = this.#pending;
    if (first === 0xef && second === 0xbb && third === 0xbf) {
      this.#pending = this.#pending.subarray(3);
    }
  }

  #consume(isLast: boolean): void {
    const bytes = this.#pending;
    const whole = isLast ? bytes : bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
    this.#suspicious = whole.includes(0) || !isUtf8(whole);
    let start = 0;
    while (start < bytes.length) {
      const next = this.#record(bytes, start, isLast);
      if (next === undefined) break;
      start = next;
    }
    this.#pending = bytes.subarray(start);
  }

  /** @returns where the next record starts, or `undefined` if this one needs more bytes */
  #record(bytes: Buffer, start: number, isLast: boolean): number | undefined {
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline < 0 && !isLast) return undefined;
    const next = newline < 0 ? bytes.length : newline + 1;
    const end = textEnd(bytes, start, newline < 0 ? bytes.length : newline);
    if (end === start) {
      this.#line++;
      return next;
    }
    const text = bytes.toString("utf8", start, end);
    if (!text.includes('"')) {
      this.#emit(text.split(","), text, bytes, start, end);
      this.#line++;
      return next;
    }
    return this.#quotedRecord(bytes, start, next, isLast);
  }

  #quotedRecord(bytes: Buffer, start: number, next: number, isLast: boolean): number | undefined {
    // Structure is found in Latin-1, where a character is a byte; commas and quotes are the same there.
    let windowEnd = next;
    let split = splitFields(
      bytes.toString("latin1", start, windowEnd),
      isLast && windowEnd === bytes.length,
    );
    if (split === "open" && next < bytes.length) {
      windowEnd = Math.min(bytes.length, start + MAX_QUOTED_BYTES);
      split = splitFields(
        bytes.toString("latin1", start, windowEnd),
        isLast && windowEnd === bytes.length,
      );
    }
    if (split === "open" && windowEnd === bytes.length && !isLast) {
      if (bytes.length - start < MAX_QUOTED_BYTES) return undefined;
    }
    if (typeof split === "string") {
      const text = bytes.toString("utf8", start, textEnd(bytes, start, next));
      this.#visit({ line: this.#line++, fields: [], flaw: "quotes", text });
      return next;
    }
    const recordEnd = start + split.length;
    const end = textEnd(bytes, start, recordEnd);
    const fields = split.fields.map((field) => Buffer.from(field, "latin1").toString("utf8"));
    this.#emit(fields, bytes.toString("utf8", start, end), bytes, start, end);
    for (let at = start; at < recordEnd; at++) if (bytes[at] === NEWLINE) this.#line++;
    return recordEnd;
  }

  #emit(fields: readonly string[], text: string, bytes: Buffer, start: number, end: number): void {
    const isText =
      !this.#suspicious ||
      (isUtf8(bytes.subarray(start, end)) && !bytes.subarray(start, end).includes(0));
    this.#visit({ line: this.#line, fields, flaw: isText ? undefined : "encoding", text });
  }
}

/** Where a record's text ends: before its LF or CRLF. */
function textEnd(bytes: Buffer, start: number, end: number): number {
  let last = end;
  if (last > start && bytes[last - 1] === NEWLINE) last--;
  if (last > start && bytes[last - 1] === CARRIAGE_RETURN) last--;
  return last;
}

/**
 * The fields of the record at the start of `text`, and its length with its line ending; `isWhole` says
 * that the file ends where `text` ends.
 *
 * @returns `open` if a quoted value has not ended in `text`
 */
function splitFields(
  text: string,
  isWhole: boolean,
): { readonly fields: readonly string[]; readonly length: number } | "open" | "malformed" {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return "open";
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
      if (text[at] === "\r" && (text[at + 1] === "\n" || at + 1 === text.length)) at++;
    } else {
      const start = at;
      while (at < text.length && text[at] !== "," && text[at] !== "\n") at++;
      const isLineEnd = at === text.length || text[at] === "\n";
      fields.push(
        text.slice(start, isLineEnd && text[at - 1] === "\r" && at > start ? at - 1 : at),
      );
    }
    switch (text[at]) {
      case ",":
        at++;
        break;
      case "\n":
        return { fields, length: at + 1 };
      case undefined:
        return isWhole ? { fields, length: at } : "open";
      default:
        return "malformed";
    }
  }
}

/** The next quote that is not doubled. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] !== '"') return at;
  }
}
