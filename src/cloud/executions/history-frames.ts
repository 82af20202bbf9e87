import type { HistoryEvent } from "@aws-sdk/client-sfn";

import type { Iteration, Json, StateRun } from "../../workflow/index.ts";

/** A workflow on its way: the execution's own, or that of one iteration of a Map. */
export interface Frame {
  readonly path: readonly Iteration[];
  /** The Map around it; none at the top. */
  readonly around: Frame | undefined;
  /** State → how often it was run. */
  readonly runs: Map<string, number>;
  /** The run that it is in, or was in last. */
  current: { readonly run: StateRun; readonly input: Json } | undefined;
  /** What the current run's task gave back. */
  result: Json | undefined;
  /** How often the state was retried since it was entered. */
  retries: number;
  /** Why the current run failed, until it is run again. */
  failure: { readonly error: string; readonly cause: string; readonly at: Date } | undefined;
}

/** The workflow of an execution, or of an iteration, before its first state. */
export function newFrame(path: readonly Iteration[], around: Frame | undefined): Frame {
  return {
    ...{ path, around, runs: new Map() },
    ...{ current: undefined, result: undefined, retries: 0, failure: undefined },
  };
}

/** Begins a run of a state: the first, or once more. */
export function startRun(frame: Frame, state: string, input: Json): StateRun {
  const run = (frame.runs.get(state) ?? 0) + 1;
  frame.runs.set(state, run);
  const started = { path: frame.path, state, run };
  frame.current = { run: started, input };
  frame.result = undefined;
  frame.failure = undefined;
  return started;
}

/**
 * Which workflow each event belongs to. Step Functions numbers the events and has each name the one that it follows
 * from; iterations that run at the same time are told apart by that alone.
 */
export class Frames {
  readonly top = newFrame([], undefined);
  readonly #ofEvent = new Map<number, Frame>();

  /** The frame of the event that this one follows from. */
  before(event: HistoryEvent): Frame {
    return this.#ofEvent.get(previousOf(event)) ?? this.top;
  }

  keep({ id = 0 }: HistoryEvent, frame: Frame): void {
    this.#ofEvent.set(id, frame);
  }
}

/** The event that one follows from; some emulators leave it out, and mean the one before. */
export function previousOf({ id = 0, previousEventId = id - 1 }: HistoryEvent): number {
  return previousEventId;
}
