import {
  type CollectorConfig,
  DataError,
  type Decision,
  type DataWarning,
  INTERACTION_COLUMNS,
  type InteractionColumn,
  REQUIRED_INTERACTION_COLUMNS,
} from "../../schema/index.ts";
import { columnName, commonWidth, decideHeader } from "./header.ts";
import { columnsByName } from "./named-columns.ts";
import { orderByContent } from "./optional-columns.ts";
import type { RawRecord } from "./record-splitter.ts";

/** Where each column of the interactions stands. */
export interface InteractionLayout {
  readonly hasHeader: boolean;
  /** Cells of a row. */
  readonly width: number;
  /** Column → its number from 0. */
  readonly columns: ReadonlyMap<InteractionColumn, number>;
  readonly decisions: readonly Decision[];
  readonly warnings: readonly DataWarning[];
}

/**
 * Finds the columns, from the file's first records, by the header's names, or by position and content (A1, A2).
 *
 * @throws DataError if no reading of the columns is possible
 */
export function interactionLayout(
  file: string,
  sample: readonly RawRecord[],
  header: CollectorConfig["header"],
): InteractionLayout {
  const [first] = sample;
  if (first === undefined) throw new DataError({ file }, "the file holds no row");
  const names = first.fields.map(columnName);
  const missing = REQUIRED_INTERACTION_COLUMNS.filter((name) => !names.includes(name));
  const { hasHeader, reason } = decideHeader(header, missing.length === 0);
  const decision: Decision = {
    subject: file,
    decision: hasHeader ? "it has a header" : "it has no header",
    reason,
  };
  if (hasHeader) {
    if (missing.length > 0) {
      throw new DataError(
        { file, line: first.line },
        `the header lacks ${missing.join(", ")}, got ${first.text}; name the missing columns`,
      );
    }
    return {
      ...columnsByName(file, names, commonWidth(sample), INTERACTION_COLUMNS),
      hasHeader: true,
      decisions: [decision],
    };
  }
  const known = names.filter((name) => (INTERACTION_COLUMNS as readonly string[]).includes(name));
  if (header === "auto" && known.length >= 2) {
    throw new DataError(
      { file, line: first.line },
      `the first row looks like a header but lacks ${missing.join(", ")}, got ${first.text}; ` +
        'name the missing columns, or set collector.header to "absent" if it is data',
    );
  }
  return byPosition(file, sample, decision);
}

function byPosition(
  file: string,
  sample: readonly RawRecord[],
  decision: Decision,
): InteractionLayout {
  const width = commonWidth(sample);
  if (width < REQUIRED_INTERACTION_COLUMNS.length || width > INTERACTION_COLUMNS.length) {
    throw new DataError(
      { file },
      `without a header a row has 4 to 6 cells (${INTERACTION_COLUMNS.join(", ")}), ` +
        `most rows have ${width}; bring them into this order or add a header`,
    );
  }
  const rows = sample.filter(({ fields }) => fields.length === width);
  const optional = orderByContent(
    file,
    rows.map(({ fields }) => fields.slice(REQUIRED_INTERACTION_COLUMNS.length)),
  );
  const names: readonly InteractionColumn[] = [
    ...REQUIRED_INTERACTION_COLUMNS,
    ...optional.columns,
  ];
  return {
    hasHeader: false,
    width,
    columns: new Map(names.map((name, column) => [name, column])),
    decisions: [decision, ...optional.decisions],
    warnings: optional.warnings,
  };
}
