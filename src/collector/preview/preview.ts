import {
  type CollectorConfig,
  DataError,
  FEATURE_TYPES,
  RAW_FILES,
  RAW_FOLDER,
  rawFileForms,
} from "../../schema/index.ts";
import { type Bucket, ObjectNotFoundError } from "../../storage/index.ts";
import { type DescribedColumn, type Entity, parseDescription } from "../read/description.ts";
import { interactionLayout } from "../read/interaction-layout.ts";
import { lookAt, lookAtFeatures, type LookedAtFile } from "./look-at.ts";

/** A column of a preview: its name, what it looks like, and some of its cells. */
export interface PreviewColumn {
  readonly name: string;
  readonly type: "ID" | (typeof FEATURE_TYPES)[number];
  readonly empty: number;
  readonly examples: readonly string[];
}

/** The start of a raw file, as the collector would read it. */
export interface Preview {
  readonly hasHeader: boolean;
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** Whose features a file of this name, packed or not, holds; `undefined` if none's. */
function entityOf(name: string): Entity | undefined {
  if (rawFileForms(RAW_FILES.itemFeatures).includes(name)) return "item";
  return rawFileForms(RAW_FILES.userFeatures).includes(name) ? "user" : undefined;
}

const DESCRIPTION_OF: Readonly<Record<Entity, string>> = {
  item: RAW_FILES.itemDescription,
  user: RAW_FILES.userDescription,
};

const ID_COLUMNS = new Set(["interaction_id", "impression_id", "user_id", "item_id"]);

/**
 * The first rows of a raw CSV file, and what each column looks like.
 *
 * @throws ObjectNotFoundError if there is no such file
 * @throws DataError if it cannot be read as CSV
 */
export async function previewRawFile(
  bucket: Bucket,
  name: string,
  header: CollectorConfig["header"],
): Promise<Preview> {
  const entity = entityOf(name);
  const looked =
    entity === undefined
      ? await lookAtRows(bucket, name, header)
      : await lookAtFeatures(bucket, name, entity, await readColumns(bucket, entity), header);
  const columns = looked.columns.map(({ name: column, look }): PreviewColumn => ({
    name: column,
    type: ID_COLUMNS.has(column) ? "ID" : look.type,
    empty: look.empty,
    examples: look.examples,
  }));
  return { hasHeader: looked.hasHeader, columns, rows: looked.rows };
}

/** The columns of a description that is there and right, the id first; `undefined` without one. */
export async function readFeatureDescription(
  bucket: Bucket,
  entity: Entity,
): Promise<readonly Pick<PreviewColumn, "name" | "type">[] | undefined> {
  const columns = await readColumns(bucket, entity);
  return (
    columns && [
      { name: `${entity}_id`, type: "ID" },
      ...columns.map(({ name, type }) => ({ name, type })),
    ]
  );
}

/**
 * The description that the start of a CSV file suggests, the id first.
 *
 * @throws ObjectNotFoundError if there is no such file
 */
export async function proposeFeatureDescription(
  bucket: Bucket,
  entity: Entity,
  header: CollectorConfig["header"],
): Promise<readonly Pick<PreviewColumn, "name" | "type">[]> {
  const file = entity === "item" ? RAW_FILES.itemFeatures : RAW_FILES.userFeatures;
  const [plain, packed = file] = rawFileForms(file);
  const isPlain = (await bucket.head(`${RAW_FOLDER}/${plain!}`)) !== undefined;
  const looked = await lookAtFeatures(bucket, isPlain ? plain! : packed, entity, undefined, header);
  return looked.columns.map(({ name, look }, at) => ({ name, type: at === 0 ? "ID" : look.type }));
}

/**
 * The text of a description file.
 *
 * @throws DataError naming everything that is wrong, one problem a line
 */
export function renderFeatureDescription(
  entity: Entity,
  columns: readonly Pick<PreviewColumn, "name" | "type">[],
): string {
  const text = JSON.stringify(Object.fromEntries(columns.entries()), null, 2);
  const problems: string[] = [];
  parseDescription(text, entity, (problem) => problems.push(problem));
  if (problems.length > 0) {
    throw new DataError({ file: DESCRIPTION_OF[entity] }, problems.join("\n"));
  }
  return `${text}\n`;
}

async function readColumns(
  bucket: Bucket,
  entity: Entity,
): Promise<readonly DescribedColumn[] | undefined> {
  try {
    const bytes = await bucket.read(`${RAW_FOLDER}/${DESCRIPTION_OF[entity]}`);
    const problems: string[] = [];
    const columns = parseDescription(Buffer.from(bytes).toString("utf8"), entity, (problem) =>
      problems.push(problem),
    );
    return problems.length === 0 ? columns : undefined;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

/** Interactions by the collector's own rules; where they find no reading, columns by their header or number. */
function lookAtRows(
  bucket: Bucket,
  name: string,
  header: CollectorConfig["header"],
): Promise<LookedAtFile> {
  return lookAt(bucket, name, (first, width, records) => {
    if (rawFileForms(RAW_FILES.interactions).includes(name)) {
      try {
        const { hasHeader, columns } = interactionLayout(name, records, header);
        const names = new Map([...columns].map(([column, at]) => [at, column]));
        const numbered = Array.from(
          { length: width },
          (_, at) => names.get(at) ?? (hasHeader ? (first[at] ?? "") : `column_${at}`),
        );
        return { hasHeader, columns: numbered };
      } catch (error) {
        if (!(error instanceof DataError)) throw error; // the check will say what is wrong
      }
    }
    const hasHeader = header === "present" || (header === "auto" && looksLikeNames(first));
    const columns = Array.from({ length: Math.max(width, first.length) }, (_, at) =>
      hasHeader ? (first[at] ?? `column_${at}`).trim() : `column_${at}`,
    );
    return { hasHeader, columns };
  });
}

/** Names: different words of letters. */
function looksLikeNames(cells: readonly string[]): boolean {
  return (
    new Set(cells).size === cells.length && cells.every((cell) => /^\s*[A-Za-z]\w*\s*$/.test(cell))
  );
}
