import type { Readable } from "node:stream";

/**
 * A flat store of immutable objects named by paths such as `model/core-1/manifest.json`.
 *
 * A folder on one machine, S3 in the cloud; nothing above can tell which. Paths are relative to the
 * bucket's prefix, use `/`, and never climb (`..` is refused).
 */
export interface Bucket {
  /** Where the bucket is, for people: a folder's path or `s3://…`. */
  readonly url: string;

  /** @throws ObjectNotFoundError if there is no such object. */
  read(path: string): Promise<Uint8Array>;
  /** Reads `length` bytes from `offset`; shorter at the object's end. */
  readRange(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** Opens an object for many small ranged reads. Close it when done. */
  open(path: string): Promise<ObjectReader>;
  stream(path: string): Promise<Readable>;
  /** A local file with the object's bytes: the object itself if it is one, else a copy in `scratchFolder`. */
  toLocalFile(path: string, scratchFolder: string): Promise<string>;

  /** Writes a whole object; readers see the old one or the new one, never a part. */
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  /** Writes an object piece by piece; it appears when closed. */
  create(path: string): Promise<ObjectWriter>;
  /** Copies a local file into the bucket. */
  upload(path: string, localFile: string): Promise<void>;

  /**
   * Replaces a small object only if its content is still `expected` (`undefined`: absent).
   *
   * @returns whether it was replaced
   */
  swap(path: string, expected: string | undefined, next: string): Promise<boolean>;

  /** All objects whose path starts with `prefix`, in path order. */
  list(prefix: string): Promise<readonly ObjectInfo[]>;
  /** Names of the folders directly below a folder such as `executions/core/`, in their order, without their objects. */
  folders(folder: string): Promise<readonly string[]>;
  head(path: string): Promise<ObjectInfo | undefined>;
  /** Removes an object; does nothing if there is none. */
  remove(path: string): Promise<void>;
  /** Removes every object whose path starts with `prefix`, which of `a.csv` is `a.csv.gz` too. */
  removeAll(prefix: string): Promise<void>;
  /** Bytes that there is still room for; absent where there is no end to it. */
  freeBytes?(): Promise<number>;
}

/** What it takes to read: all that the responder needs, so that its edge in AWS brings no code that writes. */
export type ReadableBucket = Pick<Bucket, "url" | "read" | "open" | "head">;

export interface ObjectInfo {
  readonly path: string;
  readonly bytes: number;
}

export interface ObjectReader {
  readonly bytes: number;
  /** Reads `length` bytes from `offset` into the start of `target`, or into a new buffer. */
  read(offset: number, length: number, target?: Uint8Array): Promise<Uint8Array>;
  /**
   * The same for a few kilobytes without leaving the thread. Only where that is cheaper than waiting:
   * a local file's page is a microsecond away, a trip through the thread pool ten.
   *
   * @returns how many bytes there were
   */
  readSync?(offset: number, length: number, target: Uint8Array): number;
  close(): Promise<void>;
}

export interface ObjectWriter {
  write(bytes: Uint8Array | string): Promise<void>;
  /** Makes the object visible. */
  close(): Promise<void>;
  /** Gives the object up: nothing appears. */
  abort(): Promise<void>;
}

/** Two versions of an object would have been mixed. */
export class ObjectChangedError extends Error {
  override readonly name = "ObjectChangedError";
}

/** There is no such object in the bucket. */
export class ObjectNotFoundError extends Error {
  override readonly name = "ObjectNotFoundError";
  constructor(url: string, path: string) {
    super(`no object "${path}" in ${url}`);
  }
}
