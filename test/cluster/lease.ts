import { fileURLToPath } from "node:url";

/** Short, so that what is lost is found soon; long enough for a busy machine. */
export const LEASE_MS = 3_000;
export const HELD_JOB = fileURLToPath(new URL("./held-job.ts", import.meta.url));
