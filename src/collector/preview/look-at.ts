import { type CollectorConfig, RAW_FOLDER } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { type DescribedColumn, type Entity } from "../read/description.ts";
import { columnName, commonWidth, decideHeader } from "../read/header.ts";
import type { RawRecord } from "../read/record-splitter.ts";
import { ColumnLook } from "./column-look.ts";
import { firstRecords } from "./first-records.ts";

/** A column and what its first cells look like. */
export interface LookedAtColumn {
  readonly name: string;
  readonly look: ColumnLook;
}

/** The start of a CSV file. */
export interface LookedAtFile {
  readonly hasHeader: boolean;
  readonly columns: readonly LookedAtColumn[];
  /** The first rows, without the header. */
  readonly rows: readonly (readonly string[])[];
}

/** Records from which types are told. */
const RECORDS = 20_000;
/** Rows that are kept to be shown. */
const SHOWN = 50;

/** Looks at the start of a file of features in `raw_data/`: columns are named by its header, else by its description, else by number. */
export async function lookAtFeatures(
  bucket: Bucket,
  name: string,
  entity: Entity,
  described: readonly DescribedColumn[] | undefined,
  header: CollectorConfig["header"],
): Promise<LookedAtFile> {
  const expected = described && [`${entity}_id`, ...described.map((column) => column.name)];
  return lookAt(bucket, name, (first, width) => {
    const names = first.map(columnName);
    const isLike =
      names[0] === `${entity}_id` ||
      (expected?.length === names.length &&
        names.every((cell, at) => cell === columnName(expected[at]!)));
    const { hasHeader } = decideHeader(header, isLike);
    const given = hasHeader ? first.map((cell) => cell.trim()) : expected;
    const used = new Set<string>();
    const columns = Array.from({ length: width }, (_, at) => {
      const wanted = at === 0 ? `${entity}_id` : (given?.[at] ?? "");
      const free = wanted === "" || used.has(wanted) ? `feature_${at}` : wanted;
      used.add(free);
      return free;
    });
    return { hasHeader, columns };
  });
}

/**
 * Looks at the start of any CSV file in `raw_data/`. `layoutOf` tells from its first record and the usual number of cells whether
 * that is a header, and the columns' names.
 */
export async function lookAt(
  bucket: Bucket,
  name: string,
  layoutOf: (
    first: readonly string[],
    width: number,
    records: readonly RawRecord[],
  ) => { readonly hasHeader: boolean; readonly columns: readonly string[] },
): Promise<LookedAtFile> {
  const records: RawRecord[] = [];
  const path = `${RAW_FOLDER}/${name}`;
  await firstRecords(bucket, path, RECORDS, (record) => {
    if (record.flaw === undefined) records.push(record);
  });
  const [first] = records;
  if (first === undefined) return { hasHeader: false, columns: [], rows: [] };
  const width = commonWidth(records.length > 1 ? records.slice(1) : records);
  const { hasHeader, columns } = layoutOf(first.fields, width, records);
  const looks = columns.map((column) => ({ name: column, look: new ColumnLook() }));
  const rows = (hasHeader ? records.slice(1) : records).map(({ fields }) => fields);
  for (const fields of rows) {
    for (const [at, { look }] of looks.entries()) look.add(fields[at] ?? "");
  }
  return { hasHeader, columns: looks, rows: rows.slice(0, SHOWN) };
}
