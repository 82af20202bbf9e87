import type { Database } from "../../database/index.ts";
import type { Histories } from "../split/index.ts";
import { ITEM_INDEX, USER_INDEX } from "./accepted.ts";

/** The accepted rows as arrays, in the order of the table `accepted`. */
export interface Rows extends Histories {
  /** (R), as written. */
  readonly rating: Float32Array;
  /** (R), Unix seconds; absent without timestamps. */
  readonly timestamp: Float64Array | undefined;
}

/** Reads the table `accepted`, `size.rows` rows of `size.users` users, into arrays. */
export async function readHistories(
  database: Database,
  size: { readonly users: number; readonly rows: number },
  hasTimestamps: boolean,
): Promise<Rows> {
  const offsets = new Uint32Array(size.users + 1);
  const item = new Uint32Array(size.rows);
  const rating = new Float32Array(size.rows);
  const timestamp = hasTimestamps ? new Float64Array(size.rows) : undefined;
  let row = 0;
  await database.stream(
    `SELECT ${USER_INDEX}, ${ITEM_INDEX}, rating::FLOAT, timestamp FROM accepted`,
    (chunk, count) => {
      const users = chunk.getColumnVector(0);
      const items = chunk.getColumnVector(1);
      const ratings = chunk.getColumnVector(2);
      const times = chunk.getColumnVector(3);
      for (let i = 0; i < count; i++, row++) {
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
