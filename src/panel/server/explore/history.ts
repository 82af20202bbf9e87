import {
  artefactFolder,
  type Bucket,
  openTensors,
  type TensorReader,
} from "../../../storage/index.ts";

/** A row of a user's history. */
export interface HistoryRow {
  /** Its number in the processed data. */
  readonly row: number;
  readonly item: number;
  readonly rating: number;
  /** Unix seconds. */
  readonly timestamp: number | null;
}

/** What users did, read from the file as it is asked for. */
export interface HistoryReader {
  /** How many rows a user has. */
  countOf(user: number): Promise<number>;
  /** The latest rows first, at most `limit`. */
  latest(user: number, limit: number): Promise<readonly HistoryRow[]>;
  close(): Promise<void>;
}

/** Opens the interactions of `processed_data/<execution>/`. */
export async function openHistory(bucket: Bucket, execution: string): Promise<HistoryReader> {
  const folder = artefactFolder("processed_data", execution);
  const tensors = await openTensors(bucket, `${folder}/interactions.safetensors`);
  return historyReader(tensors);
}

function historyReader(tensors: TensorReader): HistoryReader {
  const boundsOf = async (user: number): Promise<readonly [number, number]> => {
    const [start = 0, end = 0] = await tensors.read("user_offsets", user, 2);
    return [start, end];
  };
  return {
    async countOf(user) {
      const [start, end] = await boundsOf(user);
      return end - start;
    },
    async latest(user, limit) {
      const [start, end] = await boundsOf(user);
      const first = Math.max(start, end - limit);
      const read = (name: string) => tensors.read(name, first, end - first);
      const item = await read("item");
      const rating = await read("rating");
      const timestamp = tensors.entries.has("timestamp") ? await read("timestamp") : undefined;
      return Array.from(item, (value, at) => ({
        row: first + at,
        item: value,
        rating: rating[at]!,
        timestamp: timestamp?.[at] ?? null,
      })).reverse();
    },
    close: () => tensors.close(),
  };
}
