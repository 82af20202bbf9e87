import { Socket } from "node:net";
import { parentPort } from "node:worker_threads";

import { LIFELINE_FD } from "./messages.ts";

/*
 * A thread of its own, because the job's main thread may compute for minutes without looking up.
 * The other end of the pipe closes when the runner dies, however it dies: then this process must not
 * write another byte, since the execution may be resumed at once.
 */
const lifeline = new Socket({ fd: LIFELINE_FD, readable: true, writable: false });
const end = (): void => {
  process.kill(process.pid, "SIGKILL");
};
lifeline.on("close", end).on("error", end).resume();
parentPort?.postMessage("watching");
