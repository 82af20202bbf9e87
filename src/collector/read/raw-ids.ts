import type { Entity } from "./description.ts";

/** How the columns `user_id` and `item_id` of the table `raw` name users and items. */
export interface RawIds {
  /** The SQL query for the ids of the accepted rows, a column `id` without repeats but for those that `raw` repeats. */
  readonly used: (entity: Entity) => string;
  /** The SQL query from a cell of `raw` (`key`) to the value of the enumeration `user_ids` or `item_ids` (`code`). */
  readonly codes: (entity: Entity) => string;
}

/** The ids as they were written. */
export const WRITTEN_IDS: RawIds = {
  used: (entity) => `SELECT DISTINCT ${entity}_id AS id FROM raw WHERE rule IS NULL`,
  codes: (entity) => `SELECT id AS key, id::${entity}_ids AS code FROM ${entity}s`,
};

/**
 * Numbers of the table `user_texts` or `item_texts` (`number, id`), in which an id may stand several times: moved and
 * joined in half the time that texts take.
 */
export const NUMBERED_IDS: RawIds = {
  used: (entity) =>
    `SELECT id FROM ${entity}_texts WHERE number IN (SELECT ${entity}_id FROM raw WHERE rule IS NULL)`,
  codes: (entity) =>
    `SELECT number AS key, id::${entity}_ids AS code FROM ${entity}_texts JOIN ${entity}s USING (id)`,
};
