import type { Histories } from "../split/index.ts";
import type { Database } from "./database.ts";

/** The accepted rows as arrays, sorted by user, then timestamp, then file order. */
export interface Rows extends Histories {
  /** (R), as written. */
  readonly rating: Float32Array;
  /** (R), Unix seconds; absent without timestamps. */
  readonly timestamp: Float64Array | undefined;
  /** (R), the row's number in the table `raw`. */
  readonly raw: Uint32Array;
}

/** SQL of the accepted rows with their indices: `user_index, item_index` and the columns of `raw`. */
export const ACCEPTED_ROWS = `
  raw JOIN users ON users.id = raw.user_id JOIN items ON items.id = raw.item_id
  WHERE raw.rule IS NULL`;
/** SQL of the order in which accepted rows are stored; no two rows are equal in it. */
export const ROW_ORDER = "users.index, raw.timestamp, raw.rowid";

/**
 * Streams the accepted rows, `size.rows` of `size.users` users, out of the tables `raw`, `users` and `items`.
 */
export async function readHistories(
  database: Database,
  size: { readonly users: number; readonly rows: number },
  timestamps: "none" | "s" | "ms",
): Promise<Rows> {
  const offsets = new Uint32Array(size.users + 1);
  const item = new Uint32Array(size.rows);
  const rating = new Float32Array(size.rows);
  const timestamp = timestamps === "none" ? undefined : new Float64Array(size.rows);
  const raw = new Uint32Array(size.rows);
  let row = 0;
  const seconds = timestamps === "ms" ? "timestamp / 1000.0" : "timestamp::DOUBLE";
  await database.stream(
    `SELECT users.index, items.index, rating::FLOAT, ${seconds}, raw.rowid::UINTEGER
     FROM ${ACCEPTED_ROWS} ORDER BY ${ROW_ORDER}`,
    (chunk) => {
      const users = chunk.getColumnVector(0);
      const items = chunk.getColumnVector(1);
      const ratings = chunk.getColumnVector(2);
      const times = chunk.getColumnVector(3);
      const raws = chunk.getColumnVector(4);
      for (let i = 0; i < chunk.rowCount; i++, row++) {
        offsets[(users.getItem(i) as number) + 1]!++;
        item[row] = items.getItem(i) as number;
        rating[row] = ratings.getItem(i) as number;
        if (timestamp !== undefined) timestamp[row] = times.getItem(i) as number;
        raw[row] = raws.getItem(i) as number;
      }
    },
  );
  if (row !== size.rows) {
    throw new Error(`${size.rows} rows were accepted but ${row} were encoded; please report this`);
  }
  for (let user = 0; user < size.users; user++) offsets[user + 1]! += offsets[user]!;
  return { offsets, item, rating, timestamp, raw };
}
