import type { StateRun, WorkflowEvent } from "../events.ts";

type EventOf<Type extends WorkflowEvent["type"]> = Extract<WorkflowEvent, { readonly type: Type }>;

/**
 * What the journal says happened before a crash.
 *
 * Resuming runs the workflow again from its start, but whatever stands here is taken from here: so
 * finished states do nothing, and counts of retries and visits come out as they were.
 */
export class History {
  readonly events: readonly WorkflowEvent[];
  readonly #byKey = new Map<string, WorkflowEvent>();

  constructor(events: readonly WorkflowEvent[]) {
    this.events = events;
    for (const event of events) {
      const key = keyOf(event);
      if (!this.#byKey.has(key)) this.#byKey.set(key, event);
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
