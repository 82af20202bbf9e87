import { DataError, type DataWarning } from "../../schema/index.ts";

/** The columns that a header names. */
export interface NamedColumns<Column extends string> {
  /** Cells of a row. */
  readonly width: number;
  /** Column → its number from 0. */
  readonly columns: ReadonlyMap<Column, number>;
  readonly warnings: readonly DataWarning[];
}

/**
 * Finds the known columns by the names of a header; others are not used, with a warning.
 *
 * @param file - as people know it
 * @param names - the header's cells (`columnName`)
 * @param rowWidth - the cells that most rows have
 * @param known - the columns that are used
 * @throws DataError for a name that stands twice, or a header that is not as wide as the rows
 */
export function columnsByName<Column extends string>(
  file: string,
  names: readonly string[],
  rowWidth: number,
  known: readonly Column[],
): NamedColumns<Column> {
  const repeated = names.filter((name, column) => names.indexOf(name) !== column);
  if (repeated.length > 0) {
    throw new DataError({ file, line: 1 }, `the header names ${repeated.join(", ")} twice`);
  }
  if (rowWidth !== names.length) {
    throw new DataError(
      { file, line: 1 },
      `the header has ${names.length} cells and most rows have ${rowWidth}; make them agree`,
    );
  }
  const columns = new Map(
    known.map((name) => [name, names.indexOf(name)] as const).filter(([, column]) => column >= 0),
  );
  const unused = names.filter((_, column) => ![...columns.values()].includes(column));
  const warnings: DataWarning[] =
    unused.length === 0
      ? []
      : [
          {
            code: "unused-columns",
            words: `${file} has columns that are not used: ${unused.join(", ")}`,
            figure: unused.length,
            threshold: 0,
            whatToDo: `nothing, or rename them: the columns are ${known.join(", ")}`,
          },
        ];
  return { width: names.length, columns, warnings };
}
