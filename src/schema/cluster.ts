import { z } from "zod";

/** A shard that a worker has in hand. */
export const RunningShard = z.object({
  /** Whose work it is: the execution, its step, and which of the step's hosts the shard is. */
  workflow: z.string(),
  execution: z.string(),
  step: z.string(),
  host: z.string(),
  hosts: z.int(),
  startedAt: z.iso.datetime(),
  /** What it last said that it does, and how much of that is done. */
  activity: z.string().optional(),
  done: z.number().optional(),
  total: z.number().optional(),
});
export type RunningShard = z.infer<typeof RunningShard>;

/** What a worker of a cluster says of itself every few seconds. */
export const ClusterWorker = z.object({
  id: z.string(),
  /** As the operator calls it; by default its machine. */
  name: z.string(),
  machine: z.string(),
  pid: z.int(),
  version: z.string(),
  /** Processors and memory of its machine, and its load of the last minute. */
  cores: z.int(),
  memoryBytes: z.number(),
  load: z.number(),
  /** Shards that it runs at a time. */
  slots: z.int(),
  /** A silent worker's shards go to another after so many seconds. */
  leaseSeconds: z.number(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  running: z.array(RunningShard),
  /** Shards since its start: done, failed, and begun but taken from it or handed back. */
  done: z.int(),
  failed: z.int(),
  lost: z.int(),
  /** Sum of its shards' times. */
  busySeconds: z.number(),
  /** The most memory that one of its shards has held; 0 before the first. */
  peakRssBytes: z.number(),
});
export type ClusterWorker = z.infer<typeof ClusterWorker>;

/** A worker, and whether it has been heard of lately. */
export const ListedWorker = ClusterWorker.extend({
  /** `silent`: it is cut off or dead; its shards are given to others. */
  state: z.enum(["idle", "busy", "silent"]),
});
export type ListedWorker = z.infer<typeof ListedWorker>;

/** `GET /panel/api/workers`. */
export const WorkersView = z.strictObject({
  /** Address of Redis without its password; null where the panel was started without one. */
  redis: z.string().nullable(),
  /** Why Redis cannot be asked now. */
  problem: z.string().nullable(),
  workers: z.array(ListedWorker),
});
export type WorkersView = z.infer<typeof WorkersView>;
