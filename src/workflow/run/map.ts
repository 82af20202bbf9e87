import { effectiveInput } from "../data-flow.ts";
import type { MapState } from "../definition.ts";
import { runtimeError } from "../error.ts";
import type { StateRun } from "../events.ts";
import type { Json, JsonObject } from "../json.ts";
import { type Documents, parsePath, read } from "../path.ts";
import { fill } from "../template.ts";
import { runBranches } from "./branches.ts";
import type { Machine } from "./machine.ts";

/** Runs a Map state's workflow for each item; the result is the array of outputs, in the items' order. */
export function runMap(
  machine: Machine,
  run: StateRun,
  state: MapState,
  documents: Documents,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const data = effectiveInput(state, documents);
  const branches = itemsOf(state, data, documents.context).map((item, index) => {
    const context: JsonObject = {
      ...documents.context,
      Map: { Item: { Index: index, Value: item } },
    };
    const input =
      state.itemSelector === undefined ? item : fill(state.itemSelector, { data, context });
    return { workflow: state.itemProcessor, input, context };
  });
  const limit = state.maxConcurrency ?? 0;
  return runBranches(
    machine,
    "MapIteration",
    run,
    signal,
    branches,
    limit === 0 ? branches.length : limit,
  );
}

function itemsOf({ itemsPath = "$" }: MapState, data: Json, context: JsonObject): readonly Json[] {
  const items = read(parsePath(itemsPath), { data, context });
  if (!Array.isArray(items)) {
    throw runtimeError(
      `a Map state needs an array at "${itemsPath}", got ${JSON.stringify(items).slice(0, 100)}`,
    );
  }
  return items as readonly Json[];
}
