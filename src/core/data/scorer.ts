/** Ranks items for users: the trained model, a baseline, or a blend. */
export interface Scorer {
  readonly name: string;
  /**
   * Scores every item for a block of users from their histories; higher is better, never NaN.
   *
   * @param users - (B) user indices
   * @param scores - (B, items) row-major, or longer; its first B rows are overwritten
   */
  score(users: Uint32Array, scores: Float32Array): void;
}
