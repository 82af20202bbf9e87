import type { MapState } from "../definition.ts";
import type { JsonObject } from "../json.ts";
import { checkedPath, checkedTemplate, checkedWhole, given, optional } from "./check.ts";
import { type CompileBody, inputOutput, recovery, result, transition } from "./fields.ts";

/** A Map state: one inline workflow, run for each item. */
export function compileMap(place: string, state: MapState, compileBody: CompileBody): JsonObject {
  return {
    Type: "Map",
    ...inputOutput(place, state),
    ...given({
      ItemsPath: optional(state.itemsPath, (path) => checkedPath(`${place}.ItemsPath`, path)),
      ItemSelector: optional(state.itemSelector, (template) =>
        checkedTemplate(`${place}.ItemSelector`, template),
      ),
      MaxConcurrency: optional(state.maxConcurrency, (count) =>
        checkedWhole(`${place}.MaxConcurrency`, count, 0),
      ),
    }),
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      ...compileBody(`${place}.ItemProcessor`, state.itemProcessor),
    },
    ...result(place, state),
    ...recovery(place, state),
    ...transition(state),
  };
}
