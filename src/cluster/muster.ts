import { version } from "../jobs/index.ts";
import type { ListedWorker } from "../schema/index.ts";
import type { ShardWatch } from "./shard-watch.ts";
import { stragglers } from "./stragglers.ts";

const MUSTER_MS = 5_000;

/** Looks at the workers every few seconds: has anybody time for a late shard, is anybody there at all? */
export class Muster {
  readonly #listWorkers: () => Promise<readonly ListedWorker[]>;
  readonly #tell: (activity: string) => void;
  #heldAt = performance.now();

  /** `tell` is told what is waited for, if it is a worker. */
  constructor(
    listWorkers: () => Promise<readonly ListedWorker[]>,
    tell: (activity: string) => void,
  ) {
    this.#listWorkers = listWorkers;
    this.#tell = tell;
  }

  /** `now` by the clock that the shards are looked at with. */
  async hold(shards: readonly ShardWatch[], now: number): Promise<void> {
    if (now - this.#heldAt < MUSTER_MS) return;
    this.#heldAt = now;
    const present = (await this.#listWorkers()).filter(({ state }) => state !== "silent");
    const workers = present.filter((worker) => worker.version === version());
    if (workers.length === 0) {
      this.#tell(
        present.length === 0
          ? `waiting for a worker: start "recsys worker" on one machine or several`
          : `waiting for a worker of version ${version()}; those there are have ${versionsOf(present)}`,
      );
    }
    const idle = workers.filter(({ running, slots }) => running.length < slots).length;
    for (const shard of lateOnes(shards, now).slice(0, idle)) await shard.issueAgain();
  }
}

function versionsOf(workers: readonly ListedWorker[]): string {
  return [...new Set(workers.map(({ version: other }) => other))].join(", ");
}

function lateOnes(shards: readonly ShardWatch[], now: number): readonly ShardWatch[] {
  const underWay = shards
    .filter(({ isSettled, isIssuedAgain }) => !isSettled && !isIssuedAgain)
    .flatMap((shard) => (shard.since === undefined ? [] : [{ shard, since: shard.since }]));
  const doneMs = shards.filter(({ end }) => end !== undefined).map((shard) => shard.milliseconds);
  return stragglers(underWay, { doneMs, count: shards.length, now });
}
