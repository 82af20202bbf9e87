import type { JsonObject, Json } from "./json.ts";
import { type Documents, parsePath, put, read } from "./path.ts";
import { fill } from "./template.ts";

/** The fields that shape what a state sees and what it passes on; each state has some of them. */
interface DataFlow {
  readonly inputPath?: string | null;
  readonly parameters?: JsonObject;
  readonly resultSelector?: JsonObject;
  readonly resultPath?: string | null;
  readonly outputPath?: string | null;
}

/** What a state works on: its input through `inputPath`, then `parameters`. */
export function effectiveInput(state: DataFlow, { data, context }: Documents): Json {
  const selected = select(state.inputPath, data, context);
  return state.parameters === undefined
    ? selected
    : fill(state.parameters, { data: selected, context });
}

/** What a state passes on: its result through `resultSelector`, into its input at `resultPath`, then `outputPath`. */
export function stateOutput(state: DataFlow, { data, context }: Documents, result: Json): Json {
  const shaped =
    state.resultSelector === undefined
      ? result
      : fill(state.resultSelector, { data: result, context });
  return select(state.outputPath, combine(state.resultPath, data, shaped), context);
}

/** The input with a result in it: replaced by it without a path, unchanged with `null`. */
export function combine(resultPath: string | null | undefined, input: Json, result: Json): Json {
  if (resultPath === undefined) return result;
  return resultPath === null ? input : put(parsePath(resultPath), input, result);
}

function select(path: string | null | undefined, data: Json, context: JsonObject): Json {
  if (path === undefined) return data;
  return path === null ? {} : read(parsePath(path), { data, context });
}
