import { effectiveInput } from "../data-flow.ts";
import type { ParallelState } from "../definition.ts";
import type { StateRun } from "../events.ts";
import type { Json } from "../json.ts";
import type { Documents } from "../path.ts";
import { runBranches } from "./branches.ts";
import type { Machine } from "./machine.ts";

/** Runs a Parallel state's branches; the result is the array of outputs, in the branches' order. */
export function runParallel(
  machine: Machine,
  run: StateRun,
  state: ParallelState,
  documents: Documents,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const input = effectiveInput(state, documents);
  const branches = state.branches.map((workflow) => ({
    workflow,
    input,
    context: documents.context,
  }));
  return runBranches(machine, "ParallelBranch", run, signal, branches, branches.length);
}
