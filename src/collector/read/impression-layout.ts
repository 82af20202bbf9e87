import {
  type CollectorConfig,
  DataError,
  type DataWarning,
  type Decision,
  IMPRESSION_COLUMNS,
  type ImpressionColumn,
  REQUIRED_IMPRESSION_COLUMNS,
} from "../../schema/index.ts";
import { columnName, commonWidth, decideHeader } from "./header.ts";
import { columnsByName } from "./named-columns.ts";
import type { RawRecord } from "./record-splitter.ts";

/** Where each column of the impressions stands. */
export interface ImpressionLayout {
  readonly hasHeader: boolean;
  /** Cells of a row. */
  readonly width: number;
  /** Column → its number from 0. */
  readonly columns: ReadonlyMap<ImpressionColumn, number>;
  readonly decision: Decision;
  readonly warnings: readonly DataWarning[];
}

/**
 * Finds the columns, from the file's first records, by the header's names, or by position (A1).
 *
 * @throws DataError if no reading of the columns is possible
 */
export function impressionLayout(
  file: string,
  sample: readonly RawRecord[],
  header: CollectorConfig["header"],
): ImpressionLayout {
  const [first] = sample;
  if (first === undefined) throw new DataError({ file }, "the file holds no row");
  const names = first.fields.map(columnName);
  const missing = REQUIRED_IMPRESSION_COLUMNS.filter((name) => !names.includes(name));
  const { hasHeader, reason } = decideHeader(header, missing.length === 0);
  const decision: Decision = {
    subject: file,
    decision: hasHeader ? "it has a header" : "it has no header",
    reason,
  };
  const known = names.filter((name) => (IMPRESSION_COLUMNS as readonly string[]).includes(name));
  if (missing.length > 0 && (hasHeader || (header === "auto" && known.length >= 2))) {
    throw new DataError(
      { file, line: first.line },
      `the header lacks ${missing.join(", ")}, got ${first.text}; name the missing columns` +
        (hasHeader ? "" : ', or set collector.header to "absent" if it is data'),
    );
  }
  const width = commonWidth(sample);
  if (hasHeader) {
    return { ...columnsByName(file, names, width, IMPRESSION_COLUMNS), hasHeader, decision };
  }
  if (width < REQUIRED_IMPRESSION_COLUMNS.length || width > IMPRESSION_COLUMNS.length) {
    throw new DataError(
      { file },
      `without a header a row has ${REQUIRED_IMPRESSION_COLUMNS.length} or ${IMPRESSION_COLUMNS.length} cells ` +
        `(${IMPRESSION_COLUMNS.join(", ")}), most rows have ${width}; bring them into this order or add a header`,
    );
  }
  const columns = new Map(
    IMPRESSION_COLUMNS.slice(0, width).map((name, column) => [name, column] as const),
  );
  return { hasHeader, width, columns, decision, warnings: [] };
}
