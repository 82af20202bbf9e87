/**
 * The interactions grouped by user: rows `offsets[u]` to `offsets[u + 1]` are user u's, oldest first
 * (in file order without timestamps).
 */
export interface Histories {
  /** (U + 1) */
  readonly offsets: Uint32Array;
  /** (R) */
  readonly item: Uint32Array;
}
