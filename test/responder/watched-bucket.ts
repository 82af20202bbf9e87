import type { Bucket, ObjectReader } from "../../src/storage/index.ts";

/** A bucket that tells what is done with it. */
export interface WatchedBucket extends Bucket {
  /** Files open now, as paths. */
  readonly openFiles: ReadonlySet<string>;
  /** How often the serving pointer was read. */
  looks(): number;
  /** Makes every read of recommendations wait until the returned function is called, with an error to fail. */
  hold(): (failure?: Error) => void;
  /** Reads that wait now. */
  waiting(): number;
}

/** Header of an index file: read when it is opened, so never held. */
const HEADER_BYTES = 32;

export function watched(bucket: Bucket): WatchedBucket {
  const open = new Set<string>();
  let looks = 0;
  let waiting = 0;
  let held: Promise<unknown> | undefined;
  return {
    ...bucket,
    openFiles: open,
    looks: () => looks,
    waiting: () => waiting,
    hold() {
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      held = promise;
      return (failure) => {
        held = undefined;
        if (failure === undefined) resolve(undefined);
        else reject(failure);
      };
    },
    async read(path) {
      if (/^batch_transform_inference_output\/[^/]+$/.test(path)) looks++;
      return bucket.read(path);
    },
    async open(path) {
      const reader = await bucket.open(path);
      open.add(path);
      const read: ObjectReader["read"] = async (offset, length, target) => {
        if (path.endsWith(".index") && offset >= HEADER_BYTES) {
          waiting++;
          await held;
          waiting--;
        }
        if (!open.has(path)) throw new Error(`${path} is closed`);
        return reader.read(offset, length, target);
      };
      const close = async (): Promise<void> => {
        open.delete(path);
        await reader.close();
      };
      return { bytes: reader.bytes, read, close };
    },
  };
}
