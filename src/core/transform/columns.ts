import { ProcessedDataContent } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  type Entities,
  type IdColumn,
  readEntities,
  readManifest,
} from "../../storage/index.ts";

/** Users and items as they are written out. */
export interface Columns {
  readonly users: Entities;
  readonly items: Entities;
  readonly userColumn: IdColumn;
  readonly itemColumn: IdColumn;
}

/** Reads ids and attributes of `processed_data/<execution>/`. */
export async function readColumns(bucket: Bucket, execution: string): Promise<Columns> {
  const { content } = await readManifest(bucket, "processed_data", execution);
  const { userIds, itemIds } = ProcessedDataContent.parse(content);
  const folder = artefactFolder("processed_data", execution);
  const users = await readEntities(bucket, `${folder}/users.safetensors`);
  const items = await readEntities(bucket, `${folder}/items.safetensors`);
  return {
    users,
    items,
    userColumn: { name: "user_id", ids: users.ids, form: userIds },
    itemColumn: { name: "item_id", ids: items.ids, form: itemIds },
  };
}
