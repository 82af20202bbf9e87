import { stringAt, type StringTable, stringTable, tableSize } from "./string-table.ts";

/** How ids are written: as JSON numbers, JSON strings, or CSV fields (A4). */
export type IdForm = "number" | "string" | "csv";

/** The ids as they stand in the output, quoted where the form needs it. Shares the ids' memory where none does. */
export function renderIds(ids: StringTable, form: IdForm): StringTable {
  switch (form) {
    case "number":
      return ids;
    case "string":
      return mapTable(ids, (id) => JSON.stringify(id));
    case "csv":
      return ids.bytes.some((byte) => NEEDS_QUOTES.includes(byte)) ? mapTable(ids, csvField) : ids;
  }
}

/** A CSV field by RFC 4180: quoted only where it must be. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const NEEDS_QUOTES = Buffer.from('",\r\n');

function* strings(table: StringTable, map: (text: string) => string): Generator<string> {
  for (let i = 0; i < tableSize(table); i++) yield map(stringAt(table, i));
}

function mapTable(table: StringTable, map: (text: string) => string): StringTable {
  return stringTable(strings(table, map));
}
