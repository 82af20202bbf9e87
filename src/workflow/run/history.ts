import type { Redirection, StateRun, WorkflowEvent } from "../events.ts";

type EventOf<Type extends WorkflowEvent["type"]> = Extract<WorkflowEvent, { readonly type: Type }>;

/** Where a redriven execution begins instead of at the workflow's start. */
export interface Restart extends Redirection {
  /** State → runs that it had before: the next one counts on. */
  readonly runs: ReadonlyMap<string, number>;
}

/**
 * What the journal says happened before a crash, or before the execution was redriven.
 *
 * Resuming runs the workflow again from its start, but whatever stands here is taken from here: so
 * finished states do nothing, and counts of retries and visits come out as they were. A redrive takes
 * back the failures for good that stand before it, and the end that they led to.
 */
export class History {
  readonly events: readonly WorkflowEvent[];
  /** How often the execution was redriven. */
  readonly redrives: number = 0;
  readonly restart: Restart | undefined;
  readonly #byKey = new Map<string, WorkflowEvent>();
  readonly #redriven = new Set<string>();

  constructor(events: readonly WorkflowEvent[]) {
    this.events = events;
    /** Runs that were entered and have not led on: not succeeded, not caught, not followed by a retry. */
    const open = new Map<string, StateRun>();
    for (const event of events) {
      if (event.type === "ExecutionRedriven") {
        this.redrives++;
        for (const run of open.values()) this.#takeBack(run);
        for (const type of ["ExecutionFailed", "ExecutionAborted"]) this.#forgetAll(type);
        if (event.from !== undefined) this.restart = { ...event.from, runs: this.#runsAtTop() };
        continue;
      }
      const key = keyOf(event);
      if (!this.#byKey.has(key)) this.#byKey.set(key, event);
      if (event.type === "StateEntered") {
        open.delete(runKey({ ...event, run: event.run - 1 }));
        open.set(runKey(event), { path: event.path, state: event.state, run: event.run });
      } else if (event.type === "StateSucceeded" || event.type === "StateCaught") {
        open.delete(runKey(event));
      }
    }
  }

  /** The event of this kind that the journal holds for this run of a state, and this iteration of it. */
  find<Type extends WorkflowEvent["type"]>(
    type: Type,
    run: StateRun,
    index?: number,
  ): EventOf<Type> | undefined {
    return this.#byKey.get(keyOf({ ...run, type, index })) as EventOf<Type> | undefined;
  }

  /** The journal's own version of an event that would be written again. */
  findSame(event: object): WorkflowEvent | undefined {
    return this.#byKey.get(keyOf(event));
  }

  /** Was this run broken off, by its failure or by a stop, before the execution was redriven? */
  wasRedriven(run: StateRun): boolean {
    return this.#redriven.has(runKey(run));
  }

  #takeBack(run: StateRun): void {
    this.#redriven.add(runKey(run));
    const types = ["StateFailed", "StateRetried", "MapIterationFailed", "ParallelBranchFailed"];
    for (const type of types) this.#byKey.delete(keyOf({ ...run, type }));
  }

  #forgetAll(type: string): void {
    for (const [key, event] of this.#byKey) if (event.type === type) this.#byKey.delete(key);
  }

  #runsAtTop(): ReadonlyMap<string, number> {
    const runs = new Map<string, number>();
    for (const event of this.#byKey.values()) {
      if (event.type !== "StateEntered" || event.path.length > 0) continue;
      runs.set(event.state, Math.max(event.run, runs.get(event.state) ?? 0));
    }
    return runs;
  }
}

/** Where an event belongs. Of several failed iterations the first counts, so their index is left out. */
function keyOf(event: object): string {
  const { type, path, state, run, index } = event as Partial<StateRun> & {
    readonly type: string;
    readonly index?: number;
  };
  const isFailedIteration = type === "MapIterationFailed" || type === "ParallelBranchFailed";
  return JSON.stringify([type, path, state, run, isFailedIteration ? undefined : index]);
}

function runKey({ path, state, run }: StateRun): string {
  return JSON.stringify([path, state, run]);
}
