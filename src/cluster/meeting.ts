import { createHash } from "node:crypto";

import { version } from "../jobs/index.ts";

/** Where the machines of a cluster meet. */
export interface Meeting {
  /** A Redis or Valkey server: `redis://…`, or `rediss://…` with TLS. */
  readonly redis: string;
  /** The bucket that all of them read and write, as an absolute place, and the prefix in it. */
  readonly bucket: string;
  readonly prefix: string;
}

/** The names in Redis of what belongs to one bucket, so that several buckets can share a server. */
export interface MeetingKeys {
  /** What all keys begin with; in braces, so that a Redis cluster keeps them together. */
  readonly prefix: string;
  /** The queue of shards: workers of another version never see it, for they might compute something else. */
  readonly queue: string;
  /** The hash of what workers say of themselves. */
  readonly workers: string;
}

/** The names for a meeting. */
export function keysOf({ bucket, prefix }: Meeting): MeetingKeys {
  const place = createHash("sha256").update(`${bucket}\n${prefix}`).digest("hex").slice(0, 12);
  const start = `{recsys-${place}}`;
  return { prefix: start, queue: `shards-${version()}`, workers: `${start}:workers` };
}
