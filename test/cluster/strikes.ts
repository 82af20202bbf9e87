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
  readonly #begun = new Set<string>();
  readonly #over = new Set<string>();
  readonly #strikes: Promise<void>[] = [];

  constructor(cluster: HostCluster, strike: Strike) {
    this.#cluster = cluster;
    this.#strike = strike;
  }

  hear(event: WorkflowEvent): void {
    if (event.type === "StateSucceeded") this.#over.add(event.state);
    if (event.type !== "StateEntered" || this.#begun.has(event.state)) return;
    this.#begun.add(event.state);
    // Here and there in a job: between its start and what is near its end.
    const delay = (this.#begun.size * 370) % 600;
    this.#strikes.push(this.#strikeIn(event.state, delay));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#strikes);
  }

  async #strikeIn(step: string, delay: number): Promise<void> {
    while (!this.#over.has(step)) {
      const [worker] = await this.#cluster.workersIn(step);
      await sleep(worker === undefined ? 30 : delay);
      if (worker === undefined || !(await this.#cluster.workersIn(step)).includes(worker)) continue;
      this.hit.add(step);
      await this.#strike(this.#cluster, worker);
      return;
    }
  }
}
