/** A state failed: `error` is the name that retriers and catchers match, the message is the cause. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** A path leads nowhere or to the wrong type: the definition and its data disagree. Never caught. */
export function runtimeError(cause: string): WorkflowError {
  return new WorkflowError("States.Runtime", cause);
}

/** The workflow's definition is wrong, or outside the subset that the engine runs. */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
}
