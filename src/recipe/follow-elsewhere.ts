import { setTimeout } from "node:timers/promises";

import type { Bucket } from "../storage/index.ts";
import { type Outcome, outcomeOf, type WorkflowEvent } from "../workflow/index.ts";
import { bucketJournal } from "./bucket-journal.ts";
import { keepEvaluationRecord } from "./evaluation-record.ts";
import type { RedriveOptions } from "./execute.ts";
import { unlock } from "./execution-lock.ts";
import type { WorkflowName } from "./execution-name.ts";
import { executionPaths, readExecution } from "./execution-record.ts";
import { type Elsewhere, readElsewhere, type WorkflowService } from "./workflow-service.ts";

/** Between two looks, growing from the first: what takes an hour need not be looked at every second. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
/** Looks that may fail one after the other, each after all the tries of the service's client. */
const MOST_FAILURES = 5;

/**
 * Keeps what happens to an execution that a service runs in the bucket's journal, until its end. Whoever reads the journal then sees
 * it as one that was run here. Several may follow the same execution: they write the same.
 *
 * @throws the reason of `suspend`: the execution itself goes on
 */
export async function followElsewhere(
  service: WorkflowService,
  elsewhere: Elsewhere,
  { bucket, workflow, name, signal, suspend, onEvent }: RedriveOptions,
): Promise<Outcome> {
  const look = await watch(service, elsewhere, { bucket, workflow, name });
  let isStopping = false;
  let failures = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(1.5 * pause, LONGEST_PAUSE_MS)) {
    suspend?.throwIfAborted();
    if (signal?.aborted === true && !isStopping) {
      isStopping = true;
      await service.stop(elsewhere.id, wordsOf(signal.reason));
    }
    try {
      const { fresh, outcome } = await look();
      failures = 0;
      for (const event of fresh) onEvent?.(event);
      if (outcome !== undefined) return outcome;
      if (fresh.length > 0) pause = FIRST_PAUSE_MS;
    } catch (error) {
      if (++failures === MOST_FAILURES) throw error;
    }
    await sleep(pause, [suspend, isStopping ? undefined : signal]);
  }
}

/** Brings the journal of an execution that a service runs up to date, if it is one. */
export async function lookElsewhere(
  service: WorkflowService,
  { bucket, workflow, name }: Place,
): Promise<void> {
  const elsewhere = await readElsewhere(bucket, workflow, name);
  if (elsewhere === undefined) return;
  const look = await watch(service, elsewhere, { bucket, workflow, name });
  await look();
}

interface Place {
  readonly bucket: Bucket;
  readonly workflow: WorkflowName;
  readonly name: string;
}

interface Look {
  /** What has happened since the last look. */
  readonly fresh: readonly WorkflowEvent[];
  readonly outcome: Outcome | undefined;
}

/** Gives what looks at the execution, keeps what is new, and does what is to be done at the end. */
async function watch(
  service: WorkflowService,
  elsewhere: Elsewhere,
  { bucket, workflow, name }: Place,
): Promise<() => Promise<Look>> {
  const { after = 0 } = elsewhere.behindTheGate ?? {};
  const journal = bucketJournal(bucket, executionPaths(workflow, name).journal);
  let known = (await journal.readAll()).length;
  return async () => {
    const events = ofThisPart(elsewhere, await service.events(elsewhere.id));
    const fresh = events.slice(known - after);
    // The events that came between two looks share a write.
    await Promise.all(fresh.map((event) => journal.append(event)));
    known += fresh.length;
    const outcome = outcomeOf(events);
    if (outcome !== undefined) {
      const execution = await readExecution(bucket, workflow, name);
      if (workflow === "core" && execution !== undefined) {
        await keepEvaluationRecord(bucket, name, execution.config);
      }
      await unlock(bucket, workflow, name);
    }
    return { fresh, outcome };
  };
}

/** Without what leads behind the gate: the journal has gone there already. */
function ofThisPart(
  { behindTheGate }: Elsewhere,
  events: readonly WorkflowEvent[],
): readonly WorkflowEvent[] {
  if (behindTheGate === undefined) return events;
  const first = events.findIndex(
    (event) => event.type === "StateEntered" && event.state === behindTheGate.state,
  );
  return first === -1 ? [] : events.slice(first);
}

/** Sleeps until the time is over or a signal comes. */
async function sleep(
  milliseconds: number,
  signals: readonly (AbortSignal | undefined)[],
): Promise<void> {
  const signal = AbortSignal.any(signals.filter((one) => one !== undefined));
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
