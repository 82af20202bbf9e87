import { createHash } from "node:crypto";

import { DataError } from "../schema/index.ts";
import type { Outcome } from "../workflow/index.ts";
import { bucketJournal } from "./bucket-journal.ts";
import {
  existing,
  type PromoteOptions,
  refuseEnded,
  type RedriveOptions,
  requireRetryable,
} from "./execute.ts";
import { lockExecution } from "./execution-lock.ts";
import { checkExecutionName } from "./execution-name.ts";
import {
  type Execution,
  type ExecutionInput,
  executionPaths,
  readExecution,
} from "./execution-record.ts";
import { followElsewhere } from "./follow-elsewhere.ts";
import { behindTheGate, keepPromotion } from "./promotion.ts";
import { requireKept } from "./require-kept.ts";
import { type StartOrder, startRecord } from "./start-record.ts";
import { keepElsewhere, readElsewhere, type WorkflowService } from "./workflow-service.ts";

/**
 * Has a service run a workflow, and follows it to its end; one that it runs already is followed. Its record in the bucket is that of
 * an execution that runs here.
 *
 * @throws ExecutionRunningError if a living process runs it
 * @throws ExecutionEndedError if it has ended
 * @throws DataError if the name is not allowed, what it must read is missing, or it was begun on a machine
 * @throws the reason of `suspend`: the execution goes on, and the same call follows it again
 */
export async function executeElsewhere(
  service: WorkflowService,
  order: StartOrder & RedriveOptions,
): Promise<Outcome> {
  const { bucket, workflow, name } = order;
  checkExecutionName(name);
  const known = await readExecution(bucket, workflow, name);
  refuseEnded(workflow, name, known);
  const running = await readElsewhere(bucket, workflow, name);
  if (running !== undefined) return followElsewhere(service, running, order);
  if (known !== undefined && known.events.length > 0) {
    throw notThere(service, known);
  }
  const elsewhere = await begin(service, order, async () => {
    const input = known?.input ?? (await startRecord(order));
    const started = { place: service.place, id: await service.start(workflow, name, input) };
    await keepElsewhere(bucket, workflow, name, started);
    return started;
  });
  return followElsewhere(service, elsewhere, order);
}

/**
 * Lets an execution that a service ran, and that failed or was stopped, go on from the state that it was in. One that is running is
 * followed.
 *
 * @throws ExecutionEndedError if it has succeeded, or its model was rejected: trying again changes nothing
 * @throws DataError if there is no such execution, it was not run by a service, or what it would go on with is gone
 */
export async function retryElsewhere(
  service: WorkflowService,
  options: RedriveOptions,
): Promise<Outcome> {
  const { bucket, workflow, name } = options;
  const execution = existing(await readExecution(bucket, workflow, name), options);
  const elsewhere = await readElsewhere(bucket, workflow, name);
  if (elsewhere === undefined) {
    if (execution.events.length > 0) throw notThere(service, execution);
    return executeElsewhere(service, { ...options, config: execution.config });
  }
  if (execution.outcome !== undefined) {
    requireRetryable(workflow, name, execution.outcome);
    await requireKept(bucket, execution);
    // Kept first, so that nobody who looks meanwhile takes the old end for the new one.
    const redriven = { ...elsewhere, redrivenAfter: execution.events.length };
    await begin(service, options, async () => {
      await keepElsewhere(bucket, workflow, name, redriven);
      await service.goOn(elsewhere.id);
    });
    return followElsewhere(service, redriven, options);
  }
  return followElsewhere(service, elsewhere, options);
}

/**
 * Serves the rejected model of an execution that a service ran all the same: keeps who wanted that and why, then has the service run what
 * lies behind the gate. To the service that is an execution of its own; here it goes on under its name.
 *
 * @throws DataError if there is no such execution, its model was not rejected, or it is no longer kept
 */
export async function promoteElsewhere(
  service: WorkflowService,
  options: PromoteOptions,
): Promise<Outcome> {
  const { bucket, name, promotion, ...rest } = options;
  const core = { ...rest, bucket, name, workflow: "core" } as const;
  const execution = existing(await readExecution(bucket, "core", name), core);
  if ((await readElsewhere(bucket, "core", name)) === undefined) throw notThere(service, execution);
  const from = await behindTheGate(bucket, execution);
  const elsewhere = await begin(service, core, async () => {
    await keepPromotion(bucket, name, promotion);
    const id = await service.start("core", promotedName(name), from.input as ExecutionInput);
    const journal = bucketJournal(bucket, executionPaths("core", name).journal);
    const after = (await journal.readAll()).length + 1;
    const started = {
      ...{ place: service.place, id },
      behindTheGate: { after, state: from.state },
    };
    await keepElsewhere(bucket, "core", name, started);
    const redriven = { type: "ExecutionRedriven", time: promotion.at, from } as const;
    await journal.append(redriven);
    options.onEvent?.(redriven);
    return started;
  });
  return followElsewhere(service, elsewhere, core);
}

/** What the service calls the part behind the gate: at most 80 characters, another for each execution. */
function promotedName(name: string): string {
  if (name.length <= 71) return `${name}-promoted`;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, 62)}-${hash}-promoted`;
}

function notThere({ place }: WorkflowService, { workflow, name }: Execution): DataError {
  return new DataError(
    { file: executionPaths(workflow, name).folder },
    `"${name}" was begun by a process of its own, not by ${place}; let it go on there, or choose another name`,
  );
}

/** Does what sets an execution going as the only one that does, and leaves it to the service. */
async function begin<T>(
  service: WorkflowService,
  { bucket, workflow, name }: RedriveOptions,
  action: () => Promise<T>,
): Promise<T> {
  const lock = await lockExecution(bucket, workflow, name);
  try {
    const result = await action();
    await lock.handOver(service.place);
    return result;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
