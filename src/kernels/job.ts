/**
 * A job in shared memory: one kernel over many rows, taken in chunks by whoever is free.
 *
 * The word STATE is odd while a job is open and even otherwise; every opening and every closing adds 1. A worker first
 * counts itself in (ACTIVE), then looks whether a job is open; the owner closes the job, then waits until nobody is counted
 * in. So nobody can still be reading a job's words when the next one is written.
 */
export const STATE = 0;
export const ACTIVE = 1;
export const NEXT = 2;
export const KERNEL = 3;
export const ROWS = 4;
export const CHUNK_ROWS = 5;
export const ARGUMENT_COUNT = 6;
export const FAILED = 7;
export const STOP = 8;

const WORDS = 16;
const MOST_ARGUMENTS = 16;
/** The bytes that a job takes. */
export const JOB_BYTES = WORDS * 4 + MOST_ARGUMENTS * 8;

/** Where the job is, seen by one thread. */
export interface Job {
  readonly words: Int32Array;
  /** Whole numbers below 2³² and floats alike are exact as float64. */
  readonly arguments: Float64Array;
}

export type Kernel = (firstRow: number, lastRow: number, ...values: number[]) => void;

/** The job that starts at `address`, a multiple of 8. */
export function jobAt(buffer: SharedArrayBuffer, address: number): Job {
  return {
    words: new Int32Array(buffer, address, WORDS),
    arguments: new Float64Array(buffer, address + WORDS * 4, MOST_ARGUMENTS),
  };
}

/** Takes chunks of the open job's rows until none is left. */
export function takeChunks(job: Job, kernels: readonly Kernel[]): void {
  const { words } = job;
  const kernel = kernels[words[KERNEL]!]!;
  const rows = words[ROWS]!;
  const chunkRows = words[CHUNK_ROWS]!;
  const values = Array.from(job.arguments.subarray(0, words[ARGUMENT_COUNT]));
  for (;;) {
    const first = Atomics.add(words, NEXT, 1) * chunkRows;
    if (first >= rows) return;
    kernel(first, Math.min(first + chunkRows, rows), ...values);
  }
}
