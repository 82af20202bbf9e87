/** A thread that waits for jobs and helps with them until it is told to stop. */
import { parentPort, workerData } from "node:worker_threads";

import { instantiate } from "./instance.ts";
import { ACTIVE, FAILED, type Job, jobAt, STATE, STOP, takeChunks } from "./job.ts";
import type { WasmMemory, WasmModule } from "./webassembly.ts";

/** What a worker is started with. */
export interface WorkerTask {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly jobAddress: number;
  readonly scratchAddress: number;
}

/** Looks at the state this often before it goes to sleep: about 20 µs, less than the waking would take. */
const LOOKS = 4_000;

const { module, memory, jobAddress, scratchAddress } = workerData as WorkerTask;
const { kernels } = instantiate(module, memory, scratchAddress);
const job = jobAt(memory.buffer, jobAddress);
parentPort?.postMessage("ready");

let done = 0;
for (;;) {
  done = nextJob(job, done);
  if (Atomics.load(job.words, STOP) === 1) break;
  Atomics.add(job.words, ACTIVE, 1);
  try {
    if (isOpen(Atomics.load(job.words, STATE))) takeChunks(job, kernels);
  } catch {
    Atomics.store(job.words, FAILED, 1);
  }
  if (Atomics.sub(job.words, ACTIVE, 1) === 1) Atomics.notify(job.words, ACTIVE);
}

/** Waits until a job other than `done` is open; returns its state. */
function nextJob({ words }: Job, done: number): number {
  for (;;) {
    let state = done;
    for (let look = 0; look < LOOKS; look++) {
      state = Atomics.load(words, STATE);
      if (isOpen(state) && state !== done) return state;
    }
    Atomics.wait(words, STATE, state);
  }
}

function isOpen(state: number): boolean {
  return (state & 1) === 1;
}
