import {
  createLinesWriter,
  type IdColumn,
  type ObjectWriter,
  type RankedList,
} from "../../storage/index.ts";

/** Lists of a user as lines, in the order of `users.index`. */
export const USER_LINES = ["items2users", "items2users_novel"] as const;
/** Lists of an item as lines, in the order of `items.index`. */
export const ITEM_LINES = ["users2items", "users2items_novel"] as const;
export const LINE_FORMATS = ["csv", "jsonl"] as const;

/** The lines files of one direction, written together. */
export interface LineFiles {
  /** Writes the first lists of a row, one to each name, in every format. */
  write(keyIndex: number, lists: readonly RankedList[]): Promise<void>;
  close(): Promise<void>;
}

/** The files of some lists: a name and a format each. */
export function lineFileNames(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => LINE_FORMATS.map((format) => `${name}.${format}`));
}

/** Opens a file for each name and format; `columns` say whom a list is for and what is listed. */
export async function openLineFiles(
  create: (name: string) => Promise<ObjectWriter>,
  names: readonly string[],
  columns: { readonly key: IdColumn; readonly value: IdColumn; readonly header: boolean },
): Promise<LineFiles> {
  const files = await Promise.all(
    names.flatMap((name, list) =>
      LINE_FORMATS.map(async (format) => {
        const file = await create(`${name}.${format}`);
        return { list, writer: await createLinesWriter(file, { format, ...columns }) };
      }),
    ),
  );
  return {
    async write(keyIndex, lists) {
      for (const { list, writer } of files) await writer.writeList(keyIndex, lists[list]!);
    },
    async close() {
      for (const { writer } of files) await writer.close();
    },
  };
}
