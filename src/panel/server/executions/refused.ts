import { ExecutionEndedError, ExecutionRunningError } from "../../../recipe/index.ts";
import { DataError } from "../../../schema/index.ts";
import { PanelError } from "../context.ts";

/** What the recipe refuses as the panel says it; anything else as it is. */
export function refused(error: unknown): unknown {
  if (
    error instanceof DataError ||
    error instanceof ExecutionRunningError ||
    error instanceof ExecutionEndedError
  ) {
    return new PanelError(409, "conflict", error.message);
  }
  return error;
}
