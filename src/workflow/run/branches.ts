import type { Workflow } from "../definition.ts";
import { WorkflowError } from "../error.ts";
import type { StateRun } from "../events.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Machine, Scope } from "./machine.ts";

interface Branch {
  readonly workflow: Workflow;
  readonly input: Json;
  readonly context: JsonObject;
}

/**
 * Runs the iterations of a Map or the branches of a Parallel state, `limit` at a time.
 *
 * The first failure stops the others and becomes the state's own.
 */
export async function runBranches(
  machine: Machine,
  kind: "MapIteration" | "ParallelBranch",
  run: StateRun,
  signal: AbortSignal,
  branches: readonly Branch[],
  limit: number,
): Promise<readonly Json[]> {
  const failed = machine.history.find(`${kind}Failed`, run);
  if (failed !== undefined) throw new WorkflowError(failed.error, failed.cause);

  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const outputs: Json[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < branches.length && !either.aborted) {
      const index = next++;
      try {
        outputs[index] = await runBranch(machine, kind, run, either, branches[index]!, index);
      } catch (error) {
        failures.push(error);
        stop.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, branches.length) }, work));
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  return outputs;
}

async function runBranch(
  machine: Machine,
  kind: "MapIteration" | "ParallelBranch",
  run: StateRun,
  signal: AbortSignal,
  { workflow, input, context }: Branch,
  index: number,
): Promise<Json> {
  const done = machine.history.find(`${kind}Succeeded`, run, index);
  if (done !== undefined) return done.output;
  await machine.record({ type: `${kind}Started`, ...run, index }, signal);
  const scope: Scope = {
    path: [...run.path, { state: run.state, run: run.run, index }],
    context,
    signal,
  };
  try {
    const output = await machine.runStates(workflow, input, scope);
    await machine.record({ type: `${kind}Succeeded`, ...run, index, output }, signal);
    return output;
  } catch (error) {
    if (error instanceof WorkflowError && !signal.aborted) {
      const { error: name, message: cause } = error;
      await machine.record({ type: `${kind}Failed`, ...run, index, error: name, cause }, signal);
    }
    throw error;
  }
}
