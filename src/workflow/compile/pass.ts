import type { PassState } from "../definition.ts";
import type { JsonObject } from "../json.ts";
import { checkedTarget, checkedTemplate, given, optional } from "./check.ts";
import { inputOutput, transition } from "./fields.ts";

/** A Pass state: a result, or its input reshaped. */
export function compilePass(place: string, state: PassState): JsonObject {
  return {
    Type: "Pass",
    ...inputOutput(place, state),
    ...given({
      Parameters: optional(state.parameters, (template) =>
        checkedTemplate(`${place}.Parameters`, template),
      ),
      Result: state.result,
      ResultPath: optional(state.resultPath, (path) => checkedTarget(`${place}.ResultPath`, path)),
    }),
    ...transition(state),
  };
}
