import type { Database } from "../../database/index.ts";
import type { CollectorConfig } from "../../schema/index.ts";
import type { Entity } from "../read/description.ts";
import type { FeatureTable } from "../read/feature-table.ts";
import type { RawIds } from "../read/raw-ids.ts";
import { type EncodedFeatures, encodeFeatures } from "./encode.ts";
import { type Entities, idOutput, indexEntities } from "./entities.ts";

/** One side of the data, users or items: who they are and what they are like. */
export interface EncodedSide {
  readonly entity: Entity;
  /** Absent when there is no feature file (A9). */
  readonly table: FeatureTable | undefined;
  readonly entities: Entities;
  readonly encoded: EncodedFeatures;
  readonly idOutput: "number" | "string";
}

/** @throws DataError naming `interactionsFile` if an id is not what the configuration demands */
export async function encodeSide(
  database: Database,
  entity: Entity,
  table: FeatureTable | undefined,
  ids: RawIds,
  interactionsFile: string,
  config: CollectorConfig,
): Promise<EncodedSide> {
  const entities = await indexEntities(database, entity, table, ids);
  return {
    entity,
    table,
    entities,
    encoded: encodeFeatures(table, config.features),
    idOutput: idOutput(interactionsFile, entity, entities, config.idOutput),
  };
}
