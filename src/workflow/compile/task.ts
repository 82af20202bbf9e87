import type { TaskState } from "../definition.ts";
import { DefinitionError } from "../error.ts";
import type { JsonObject } from "../json.ts";
import { checkedTemplate, checkedWhole, given, optional } from "./check.ts";
import { inputOutput, recovery, result, transition } from "./fields.ts";

/** A Task state: the resource that does the work, and the request. */
export function compileTask(place: string, state: TaskState): JsonObject {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(state.resource)) {
    throw new DefinitionError(
      `${place}.Resource: must look like arn:aws:states:::service:action.sync, got "${state.resource}"`,
    );
  }
  return {
    Type: "Task",
    ...inputOutput(place, state),
    Resource: state.resource,
    ...given({
      Parameters: optional(state.parameters, (template) =>
        checkedTemplate(`${place}.Parameters`, template),
      ),
      TimeoutSeconds: optional(state.timeoutSeconds, (seconds) =>
        checkedWhole(`${place}.TimeoutSeconds`, seconds, 1),
      ),
    }),
    ...result(place, state),
    ...recovery(place, state),
    ...transition(state),
  };
}
