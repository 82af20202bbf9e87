import type { Histories } from "../split/index.ts";
import type { Database } from "./database.ts";

/** The accepted rows as arrays, sorted by user, then timestamp, then file order. */
export interface Rows extends Histories {
  /** (R), as written. */
  readonly rating: Float32Array;
  /** (R), Unix seconds; absent without timestamps. */
  readonly timestamp: Float64Array | undefined;
}

/**
 * Sorts the accepted rows, `size.rows` of `size.users` users, and reads them into arrays.
 *
 * The table `accepted` takes the place of `raw`: `interaction_id, user_id, item_id, user_index,
 * item_index, rating, source, timestamp` (Unix seconds), stored in the order of the arrays.
 */
export async function readHistories(
  database: Database,
  size: { readonly users: number; readonly rows: number },
  timestamps: "none" | "s" | "ms",
): Promise<Rows> {
  const seconds = timestamps === "ms" ? "timestamp / 1000.0" : "timestamp::DOUBLE";
  await database.run(`
    CREATE TABLE accepted AS
    SELECT interaction_id, user_id, item_id, users.index AS user_index, items.index AS item_index,
      rating, source, ${seconds} AS timestamp
    FROM raw JOIN users ON users.id = user_id JOIN items ON items.id = item_id
    WHERE rule IS NULL
    ORDER BY user_index, raw.timestamp, raw.rowid;
    DROP TABLE raw`);

  const offsets = new Uint32Array(size.users + 1);
  const item = new Uint32Array(size.rows);
  const rating = new Float32Array(size.rows);
  const timestamp = timestamps === "none" ? undefined : new Float64Array(size.rows);
  let row = 0;
  await database.stream(
    "SELECT user_index, item_index, rating::FLOAT, timestamp FROM accepted",
    (chunk) => {
      const users = chunk.getColumnVector(0);
      const items = chunk.getColumnVector(1);
      const ratings = chunk.getColumnVector(2);
      const times = chunk.getColumnVector(3);
      for (let i = 0; i < chunk.rowCount; i++, row++) {
        offsets[(users.getItem(i) as number) + 1]!++;
        item[row] = items.getItem(i) as number;
        rating[row] = ratings.getItem(i) as number;
        if (timestamp !== undefined) timestamp[row] = times.getItem(i) as number;
      }
    },
  );
  if (row !== size.rows) {
    throw new Error(`${size.rows} rows were accepted but ${row} were encoded; please report this`);
  }
  for (let user = 0; user < size.users; user++) offsets[user + 1]! += offsets[user]!;
  return { offsets, item, rating, timestamp };
}
