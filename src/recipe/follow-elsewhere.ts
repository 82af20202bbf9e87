import { setTimeout } from "node:timers/promises";

import type { Bucket } from "../storage/index.ts";
import { type Outcome, outcomeOf, type WorkflowEvent } from "../workflow/index.ts";
import { bucketJournal } from "./bucket-journal.ts";
import { keepEvaluationRecord } from "./evaluation-record.ts";
import { ElsewhereLogs } from "./elsewhere-logs.ts";
import { DEFINITIONS, type RedriveOptions } from "./execute.ts";
import { unlock } from "./execution-lock.ts";
import { executionPaths, readExecution } from "./execution-record.ts";
import { JobLogs } from "./job-logs.ts";
import { requestedJob } from "./requested-job.ts";
import { type Elsewhere, readElsewhere, type WorkflowService } from "./workflow-service.ts";

/** Between two looks, growing from the first: what takes an hour need not be looked at every second. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
/** Looks that may fail one after the other, each after all the tries of the service's client. */
const MOST_FAILURES = 5;

/**
 * Keeps what happens to an execution that a service runs in the bucket's journal, and what its jobs print in its logs, until its end.
 * Whoever reads them then sees an execution as if it had run here. Several may follow the same execution: they write the same.
 *
 * @throws the reason of `suspend`: the execution itself goes on
 */
export async function followElsewhere(
  service: WorkflowService,
  elsewhere: Elsewhere,
  options: RedriveOptions,
): Promise<Outcome> {
  const { signal, suspend, onEvent } = options;
  const watched = await watch(service, elsewhere, options);
  let isStopping = false;
  let failures = 0;
  try {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(1.5 * pause, LONGEST_PAUSE_MS)) {
      suspend?.throwIfAborted();
      try {
        let whyNotStopped: Error | undefined;
        if (signal?.aborted === true && !isStopping) {
          // One that has just ended cannot be stopped: the look below tells.
          whyNotStopped = await service.stop(elsewhere.id, wordsOf(signal.reason)).then(
            () => undefined,
            (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
          );
          isStopping = whyNotStopped === undefined;
        }
        const { fresh, outcome } = await watched.look();
        for (const event of fresh) onEvent?.(event);
        if (outcome !== undefined) return outcome;
        if (whyNotStopped !== undefined) throw whyNotStopped;
        failures = 0;
        if (fresh.length > 0) pause = FIRST_PAUSE_MS;
      } catch (error) {
        if (++failures === MOST_FAILURES) throw error;
      }
      await sleep(pause, [suspend, signal?.aborted === true ? undefined : signal]);
    }
  } finally {
    await watched.leave();
  }
}

/** Brings journal and logs of an execution that a service runs up to date, if it is one. */
export async function lookElsewhere(service: WorkflowService, place: Place): Promise<void> {
  const elsewhere = await readElsewhere(place.bucket, place.workflow, place.name);
  if (elsewhere === undefined) return;
  const watched = await watch(service, elsewhere, place);
  try {
    while ((await watched.look()).isWaiting) await sleep(FIRST_PAUSE_MS, []);
  } finally {
    await watched.leave();
  }
}

type Place = Pick<RedriveOptions, "bucket" | "workflow" | "name" | "onLog" | "onEvent">;

interface Look {
  /** What has happened since the last look. */
  readonly fresh: readonly WorkflowEvent[];
  readonly outcome: Outcome | undefined;
  /** Is there more, which is told when the lines of its jobs are here? */
  readonly isWaiting: boolean;
}

interface Watched {
  /** Looks at the execution, keeps what is new, and does what is to be done at the end. */
  readonly look: () => Promise<Look>;
  /** Nothing more is looked at; logs that are not whole are given up. */
  readonly leave: () => Promise<void>;
}

async function watch(
  service: WorkflowService,
  elsewhere: Elsewhere,
  { bucket, workflow, name, onLog, onEvent }: Place,
): Promise<Watched> {
  const { behindTheGate: { after = 0 } = {}, redrivenAfter = 0 } = elsewhere;
  const paths = executionPaths(workflow, name);
  const journal = bucketJournal(bucket, paths.journal);
  let known = (await journal.readAll()).length;
  const jobLogs = new JobLogs(bucket, paths.logs);
  const logs = new ElsewhereLogs({
    ...{ service, logs: jobLogs, kept: await keptJobs(bucket, paths.logs) },
    jobOf: (state, input) => requestedJob(DEFINITIONS[workflow], state, input),
    onLog: (line) => onLog?.(line),
    onProgress: (happening) => onEvent?.({ time: new Date().toISOString(), ...happening }),
  });
  /** Has somebody let it go on since this was begun? */
  const isRedriven = async (): Promise<boolean> =>
    (await readElsewhere(bucket, workflow, name))?.redrivenAfter !== elsewhere.redrivenAfter;
  return {
    look: async () => {
      const all = ofThisPart(elsewhere, await service.events(elsewhere.id));
      const events = all.slice(0, await logs.look(all, known - after));
      const isWaiting = events.length < all.length;
      const fresh = events.slice(known - after);
      // The old end of a redriven execution may stand in the history for a moment; only what comes behind it is one.
      const isNew = after + events.length > redrivenAfter;
      const outcome = isNew ? outcomeOf(events) : undefined;
      if (outcome !== undefined && fresh.length === 0 && (await isRedriven())) {
        return { fresh, outcome: undefined, isWaiting: false };
      }
      if (outcome !== undefined) await logs.close();
      // The events that came between two looks share a write.
      await Promise.all(fresh.map((event) => journal.append(event)));
      known += fresh.length;
      if (outcome !== undefined) {
        const execution = await readExecution(bucket, workflow, name);
        if (workflow === "core" && execution !== undefined) {
          await keepEvaluationRecord(bucket, name, execution.config);
        }
        await unlock(bucket, workflow, name);
      }
      return { fresh, outcome, isWaiting };
    },
    leave: () => jobLogs.drop(),
  };
}

/** The jobs whose logs stand in the bucket. */
async function keptJobs(bucket: Bucket, folder: string): Promise<ReadonlySet<string>> {
  const objects = await bucket.list(`${folder}/`);
  return new Set(objects.map(({ path }) => path.slice(folder.length + 1).split("/")[0]!));
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
