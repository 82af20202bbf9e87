import { randomBytes } from "node:crypto";
import { availableParallelism, hostname, loadavg, totalmem } from "node:os";

import { type Job, version } from "../jobs/index.ts";
import type { ClusterWorker, Progress, RunningShard } from "../schema/index.ts";
import type { ShardEnd, ShardOrder } from "./shard.ts";

interface StateOptions {
  readonly name: string;
  readonly slots: number;
  readonly leaseMs: number;
}

/** How a worker was done with a shard. */
type Done = { readonly end: ShardEnd } | "failed" | "lost";

/** What a worker knows of itself. */
export class WorkerState {
  readonly id: string;
  /** Called when a shard has begun or ended. */
  onChange = (): void => undefined;
  readonly #options: StateOptions;
  readonly #startedAt = new Date().toISOString();
  readonly #running = new Map<string, { shard: RunningShard; since: number }>();
  #counts = { done: 0, failed: 0, lost: 0, busySeconds: 0, peakRssBytes: 0 };

  constructor(options: StateOptions) {
    this.#options = options;
    this.id = `${options.name}-${randomBytes(4).toString("hex")}`;
  }

  begin(id: string, { state, host }: ShardOrder, { environment, instanceCount }: Job): void {
    const shard: RunningShard = {
      workflow: environment["RECSYS_WORKFLOW"] ?? "",
      execution: environment["RECSYS_EXECUTION"] ?? "",
      ...{ step: state, host, hosts: instanceCount, startedAt: new Date().toISOString() },
    };
    this.#running.set(id, { shard, since: performance.now() });
    this.onChange();
  }

  progress(id: string, { activity, done, total }: Progress): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    // Quantities of the activity before mean nothing in this one.
    running.shard = { ...running.shard, activity, done, total };
  }

  end(id: string, how: Done): void {
    const running = this.#running.get(id);
    this.#running.delete(id);
    const counts = this.#counts;
    counts.busySeconds += (performance.now() - (running?.since ?? performance.now())) / 1000;
    if (typeof how === "string") counts[how] += 1;
    else {
      counts.done += 1;
      counts.peakRssBytes = Math.max(counts.peakRssBytes, how.end.usage?.peakRssBytes ?? 0);
    }
    this.onChange();
  }

  /** All of it, as of now. */
  describe(): ClusterWorker {
    const { name, slots, leaseMs } = this.#options;
    return {
      ...{ id: this.id, name, slots, leaseSeconds: leaseMs / 1000, version: version() },
      ...{ machine: hostname(), pid: process.pid, cores: availableParallelism() },
      ...{ memoryBytes: totalmem(), load: loadavg()[0] ?? 0 },
      ...{ startedAt: this.#startedAt, seenAt: new Date().toISOString() },
      running: [...this.#running.values()].map(({ shard }) => shard),
      ...this.#counts,
    };
  }
}
