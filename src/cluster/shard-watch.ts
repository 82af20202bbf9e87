import type { Progress } from "../schema/index.ts";
import type { WorkflowError } from "../workflow/index.ts";
import type { Attempt, Look } from "./attempt.ts";
import { readFailure, type ShardEnd, type ShardLine, STOPPED } from "./shard.ts";

interface WatchOptions {
  readonly host: string;
  /** "job a-job on algo-2". */
  readonly title: string;
  /** The first attempt, and the one that is made when that one is late. */
  readonly attempts: readonly [Attempt, Attempt];
  /** An attempt that the queue has forgotten may still be under way for so long. */
  readonly leaseMs: number;
  readonly onLine: (line: ShardLine) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** Follows one shard of a job from its issue to its end, whatever becomes of workers and queue meanwhile. */
export class ShardWatch {
  readonly host: string;
  /** How it ended; the first attempt that has done the work counts. */
  end: ShardEnd | undefined;
  /** Why no attempt will. */
  failure: WorkflowError | undefined;
  /** What the work took. */
  milliseconds = 0;
  /** Since when a worker has had it, by this process's clock. */
  since: number | undefined;
  readonly #options: WatchOptions;
  #issued: readonly Attempt[];
  readonly #absentSince = new Map<Attempt, number>();
  readonly #restarts = new Map<Attempt, number>();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.host = options.host;
    this.#issued = [options.attempts[0]];
  }

  get isSettled(): boolean {
    return this.end !== undefined || this.failure !== undefined;
  }

  get isIssuedAgain(): boolean {
    return this.#issued.length > 1;
  }

  async issue(): Promise<void> {
    await this.#options.attempts[0].issue();
  }

  /** Asks another worker too. */
  async issueAgain(): Promise<void> {
    this.#tell("it takes much longer than the others did; another worker is asked too", false);
    this.#issued = this.#options.attempts;
    await this.#options.attempts[1].issue();
  }

  async look(now: number): Promise<void> {
    const failures: WorkflowError[] = [];
    let isUnderWay = false;
    for (const attempt of this.#issued) {
      const { state, lines, progress, restarts } = await attempt.look();
      for (const line of lines) this.#options.onLine(line);
      if (progress !== undefined) this.#options.onProgress(progress);
      this.#noteRestarts(attempt, restarts);
      if (state.is !== "absent") this.#absentSince.delete(attempt);
      switch (state.is) {
        case "absent":
          await this.#issueIfGone(attempt, now);
          break;
        case "waiting":
          break;
        case "active":
          isUnderWay = true;
          break;
        case "done":
          this.end ??= state.end;
          this.milliseconds = state.milliseconds;
          break;
        case "failed": {
          const failure = readFailure(state.reason, this.#options.title);
          // Whoever followed it before has stopped it, and is no more.
          if (failure.error === STOPPED) await attempt.reissue();
          else failures.push(failure);
        }
      }
    }
    this.since = isUnderWay ? (this.since ?? now) : undefined;
    if (failures.length === this.#issued.length) this.failure = failures[0];
  }

  /** Takes it back from queue and workers; is nobody at work on it any more? */
  async withdraw(): Promise<boolean> {
    const ends = await Promise.all(this.#options.attempts.map((attempt) => attempt.withdraw()));
    return ends.every(Boolean);
  }

  async forget(): Promise<void> {
    await Promise.all(this.#options.attempts.map((attempt) => attempt.forget()));
  }

  /** A queue that was lost with its server; a worker that still has it gives it up within a lease. */
  async #issueIfGone(attempt: Attempt, now: number): Promise<void> {
    const since = this.#absentSince.get(attempt) ?? now;
    this.#absentSince.set(attempt, since);
    if (now - since < this.#options.leaseMs) return;
    this.#tell("the queue has lost it; it is put there again", true);
    await attempt.issue();
  }

  #noteRestarts(attempt: Attempt, restarts: Look["restarts"]): void {
    const known = this.#restarts.get(attempt) ?? 0;
    this.#restarts.set(attempt, restarts);
    if (restarts > known) this.#tell("its worker was lost; another one begins it anew", true);
  }

  #tell(text: string, isError: boolean): void {
    this.#options.onLine({ time: new Date().toISOString(), isError, text });
  }
}
