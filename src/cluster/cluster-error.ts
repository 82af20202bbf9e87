/** The cluster cannot be reached or used; the message says what to do. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}
