import { setTimeout as sleep } from "node:timers/promises";

import type { WorkflowEvent } from "../../src/workflow/index.ts";
import type { HostCluster } from "./host-cluster.ts";

/** Does something to the cluster, of whose workers one is at work, and mends it. */
export type Strike = (cluster: HostCluster, worker: string) => Promise<void>;

/** Strikes once in each step of an execution, while its job runs. */
export class Strikes {
  /** The steps that were struck while a worker was at work. */
  readonly hit = new Set<string>();
  readonly #cluster: HostCluster;
  readonly #strike: Strike;
  readonly #tried = new Set<string>();
  #last = Promise.resolve();

  constructor(cluster: HostCluster, strike: Strike) {
    this.#cluster = cluster;
    this.#strike = strike;
  }

  hear(event: WorkflowEvent): void {
    if (event.type !== "StateEntered" || this.#tried.has(event.state)) return;
    const step = event.state;
    this.#tried.add(step);
    // Here and there in a job: between its start and what is near its end.
    const delay = (this.#tried.size * 370) % 1_400;
    this.#last = this.#last.then(() => this.#strikeIn(step, delay));
  }

  settled(): Promise<void> {
    return this.#last;
  }

  async #strikeIn(step: string, delay: number): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const [worker] = await this.#cluster.workersIn(step);
      await sleep(worker === undefined ? 50 : delay);
      if (worker === undefined || !(await this.#cluster.workersIn(step)).includes(worker)) continue;
      this.hit.add(step);
      await this.#strike(this.#cluster, worker);
      return;
    }
  }
}
