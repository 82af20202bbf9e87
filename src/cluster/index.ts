export { type Cluster, openCluster } from "./cluster.ts";
export { ClusterError } from "./cluster-error.ts";
export { withoutPassword } from "./connection.ts";
export type { Meeting } from "./meeting.ts";
export { runWorker } from "./worker.ts";
