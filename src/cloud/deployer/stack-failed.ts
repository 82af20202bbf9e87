/** A stack could not be made, changed or removed. */
export class StackFailedError extends Error {
  override readonly name = "StackFailedError";
}
