import type { Database } from "../read/database.ts";

/**
 * Finds interaction ids that stand in an earlier valid row, and gives those rows the rule number `rule`.
 *
 * Only when the ids' 64-bit hashes are not all different are the few suspects compared as text:
 * exact, and without a table of ten million strings.
 */
export async function markDuplicateInteractions(database: Database, rule: number): Promise<void> {
  const [rows, hashes] = await database.row(
    "SELECT count(*), count(DISTINCT hash(interaction_id)) FROM raw WHERE rule IS NULL",
  );
  if (rows === hashes) return;
  await database.run(`
    UPDATE raw SET rule = ${rule}, value = interaction_id WHERE rowid IN (
      SELECT row FROM (
        SELECT rowid AS row, row_number() OVER (PARTITION BY interaction_id ORDER BY rowid) AS nth
        FROM raw
        WHERE rule IS NULL AND hash(interaction_id) IN (
          SELECT hash(interaction_id) FROM raw WHERE rule IS NULL GROUP BY 1 HAVING count(*) > 1
        )
      ) WHERE nth > 1
    )`);
}
