import type { Database } from "../../database/index.ts";
import { INTERACTION_ID_COLUMNS, interactionIdSql } from "../read/interaction-id.ts";

const ID = INTERACTION_ID_COLUMNS.join(", ");

/**
 * Finds interaction ids that stand in an earlier valid row, and gives those rows the rule number `rule`.
 *
 * Only when the ids' 64-bit hashes are not all different are the few suspects compared themselves:
 * exact, and without a table of ten million ids.
 */
export async function markDuplicateInteractions(database: Database, rule: number): Promise<void> {
  const [rows, hashes] = await database.row(
    `SELECT count(*), count(DISTINCT hash(${ID})) FROM raw WHERE rule IS NULL`,
  );
  if (rows === hashes) return;
  await database.run(`
    UPDATE raw SET rule = ${rule}, value = ${interactionIdSql()} WHERE rowid IN (
      SELECT row FROM (
        SELECT rowid AS row, row_number() OVER (PARTITION BY ${ID} ORDER BY rowid) AS nth
        FROM raw
        WHERE rule IS NULL AND hash(${ID}) IN (
          SELECT hash(${ID}) FROM raw WHERE rule IS NULL GROUP BY 1 HAVING count(*) > 1
        )
      ) WHERE nth > 1
    )`);
}
