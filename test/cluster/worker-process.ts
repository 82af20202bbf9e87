import { runWorker } from "../../src/cluster/index.ts";
import { HELD_JOB, LEASE_MS } from "./lease.ts";

/* A worker in a process of its own: `worker-process.ts <name> <redis> <bucket>`. */
const [name = "", redis = "", bucket = ""] = process.argv.slice(2);
const stop = new AbortController();
process.on("SIGTERM", () => {
  stop.abort(new Error("stopped"));
});
await runWorker({
  ...{ meeting: { redis, bucket, prefix: "p" }, name, slots: 1, leaseMs: LEASE_MS },
  ...{ entry: HELD_JOB, signal: stop.signal, note: console.error },
});
