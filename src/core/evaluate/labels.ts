import type { FeatureColumn, ShownItem } from "../../schema/index.ts";
import { artefactFolder, type Bucket, readEntities, stringAt } from "../../storage/index.ts";

/** Users and items as a person knows them. */
export interface Labels {
  readonly userId: (user: number) => string;
  readonly item: (item: number) => ShownItem;
}

/** Reads the ids of `processed_data/<execution>/`, and the items' titles where a column holds any. */
export async function readLabels(
  bucket: Bucket,
  execution: string,
  features: readonly FeatureColumn[],
): Promise<Labels> {
  const folder = artefactFolder("processed_data", execution);
  const users = await readEntities(bucket, `${folder}/users.safetensors`);
  const items = await readEntities(bucket, `${folder}/items.safetensors`);
  const column = titleColumn(features);
  return {
    userId: (user) => stringAt(users.ids, user),
    item: (item) => ({
      id: stringAt(items.ids, item),
      name: column === undefined ? null : titleIn(stringAt(items.attributes, item), column),
    }),
  };
}

/** The string column that names an item: `title`, else `name`, else one of them with words before it, else free text. */
export function titleColumn(features: readonly FeatureColumn[]): string | undefined {
  const strings = features.filter(({ type }) => type === "string");
  const best = [/^title$/i, /^name$/i, /[\s_-]title$/i, /[\s_-]name$/i].flatMap((pattern) =>
    strings.filter(({ name }) => pattern.test(name)),
  );
  const [chosen] = [...best, ...strings.filter(({ treatment }) => treatment === "words")];
  return chosen?.name;
}

/** The title among attributes rendered as the inside of a JSON object. */
function titleIn(attributes: string, column: string): string | null {
  const title = (JSON.parse(`{${attributes}}`) as Record<string, unknown>)[column];
  return typeof title === "string" && title.trim() !== "" ? title : null;
}
