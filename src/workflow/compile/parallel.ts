import type { ParallelState } from "../definition.ts";
import { DefinitionError } from "../error.ts";
import type { JsonObject } from "../json.ts";
import { checkedTemplate, given, optional } from "./check.ts";
import { type CompileBody, inputOutput, recovery, result, transition } from "./fields.ts";

/** A Parallel state: its branches, each a workflow. */
export function compileParallel(
  place: string,
  state: ParallelState,
  compileBody: CompileBody,
): JsonObject {
  if (state.branches.length === 0) throw new DefinitionError(`${place}.Branches: there is none`);
  return {
    Type: "Parallel",
    ...inputOutput(place, state),
    ...given({
      Parameters: optional(state.parameters, (template) =>
        checkedTemplate(`${place}.Parameters`, template),
      ),
    }),
    Branches: state.branches.map((branch, i) => compileBody(`${place}.Branches[${i}]`, branch)),
    ...result(place, state),
    ...recovery(place, state),
    ...transition(state),
  };
}
