import {
  type CollectorConfig,
  type Decision,
  type FileReport,
  type RowProblem,
} from "../../schema/index.ts";
import { type FeatureValue, readFeatureCell } from "../check/feature-cell.ts";
import type { Quarantine } from "../check/quarantine.ts";
import { recordFlaw } from "../check/record-flaws.ts";
import type { StructureProblems } from "../check/structure.ts";
import { readRecords, sampleRecords } from "./blocks.ts";
import type { DescribedColumn, Entity } from "./description.ts";
import { columnName, commonWidth, decideHeader } from "./header.ts";
import type { LocalFile } from "./raw-files.ts";
import type { RawRecord } from "./record-splitter.ts";

/** The accepted rows of `item_features.csv` or `user_features.csv`, column by column. */
export interface FeatureTable {
  readonly entity: Entity;
  /** The id of each row; no two are equal. */
  readonly ids: readonly string[];
  readonly columns: readonly FeatureValues[];
  readonly report: FileReport;
}

export interface FeatureValues extends DescribedColumn {
  /** The value of each row. */
  readonly values: readonly FeatureValue[];
}

export interface FeatureLayout {
  readonly file: LocalFile;
  readonly entity: Entity;
  readonly hasHeader: boolean;
  readonly described: readonly DescribedColumn[];
  readonly decision: Decision;
}

/** Compares a feature file with its description (A1, A6); what disagrees is added to `problems`. */
export async function featureLayout(
  file: LocalFile,
  entity: Entity,
  described: readonly DescribedColumn[],
  header: CollectorConfig["header"],
  problems: StructureProblems,
  signal: AbortSignal,
): Promise<FeatureLayout> {
  const sample = await sampleRecords(file, signal);
  const names = (sample[0]?.fields ?? []).map(columnName);
  const expected = [`${entity}_id`, ...described.map(({ name }) => columnName(name))];
  const looksLikeHeader =
    names[0] === expected[0] ||
    (names.length === expected.length && names.every((name, at) => name === expected[at]));
  const { hasHeader, reason } = decideHeader(header, looksLikeHeader);
  const width = commonWidth(hasHeader && sample.length > 1 ? sample.slice(1) : sample);
  if (sample.length === 0) {
    problems.add({ file: file.name }, "the file holds no row");
  } else if (width !== expected.length) {
    problems.add(
      { file: file.name },
      `most rows have ${width} cells and the description names ${expected.length} columns; make them agree`,
    );
  }
  if (hasHeader) {
    for (const [at, name] of names.entries()) {
      const described = expected.indexOf(name);
      if (described < 0 || described === at || name === expected[at]) continue;
      problems.add(
        { file: file.name, line: 1 },
        `column ${at} is named "${name}" here and "${expected[at] ?? "nothing"}" in the description; bring them into one order`,
      );
    }
  }
  return {
    file,
    entity,
    hasHeader,
    described,
    decision: {
      subject: file.name,
      decision: hasHeader ? "it has a header" : "it has no header",
      reason,
    },
  };
}

/** Reads a feature file; rows that break a rule go to the quarantine. */
export async function readFeatures(
  { file, entity, hasHeader, described }: FeatureLayout,
  quarantine: Quarantine,
  run: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<FeatureTable> {
  const lineOfId = new Map<string, number>();
  const columns = described.map((column) => ({ ...column, values: [] as FeatureValue[] }));
  let records = hasHeader ? -1 : 0;
  await readRecords(
    file,
    run.signal,
    (record) => {
      if (records++ < 0) return;
      const row = readRow(file.name, entity, record, described, lineOfId);
      if (Array.isArray(row)) {
        lineOfId.set(record.fields[0]!, record.line);
        for (const [at, value] of row.entries()) columns[at]!.values.push(value);
      } else {
        quarantine.add(row);
      }
    },
    run.onBytes,
  );
  const ids = [...lineOfId.keys()];
  records = Math.max(records, 0);
  return {
    entity,
    ids,
    columns,
    report: {
      file: file.name,
      header: hasHeader,
      columns: [`${entity}_id`, ...described.map(({ name }) => name)],
      records,
      accepted: ids.length,
      rejected: records - ids.length,
    },
  };
}

/** @returns the row's values, or the first rule that it breaks */
function readRow(
  file: string,
  entity: Entity,
  record: RawRecord,
  described: readonly DescribedColumn[],
  lineOfId: ReadonlyMap<string, number>,
): FeatureValue[] | RowProblem {
  const flaw = recordFlaw(file, record, described.length + 1);
  if (flaw !== undefined) return flaw;
  const id = record.fields[0]!;
  const idProblem = { file, line: record.line, column: `${entity}_id`, value: id };
  if (id.trim() === "") {
    return { ...idProblem, rule: "missing_id", whatToDo: `give the row its ${entity}_id` };
  }
  const values: FeatureValue[] = [];
  for (const { column, name, type } of described) {
    const cell = record.fields[column]!;
    const read = readFeatureCell(type, cell);
    if ("rule" in read) return { file, line: record.line, column: name, value: cell, ...read };
    values.push(read.value);
  }
  const earlier = lineOfId.get(id);
  if (earlier !== undefined) {
    return {
      ...idProblem,
      rule: `duplicate_${entity}`,
      whatToDo: `keep one row for the ${entity}; the one on line ${earlier} is used`,
    };
  }
  return values;
}
