/** A question that cannot be answered as it was put. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
}
