import { Worker } from "node:worker_threads";

import type { KernelInstance } from "./instance.ts";
import {
  ACTIVE,
  ARGUMENT_COUNT,
  CHUNK_ROWS,
  FAILED,
  type Job,
  KERNEL,
  NEXT,
  ROWS,
  STATE,
  STOP,
  takeChunks,
} from "./job.ts";
import { WebAssembly } from "./webassembly.ts";
import type { WorkerTask } from "./worker.ts";

/** The calling thread and its workers, which run one kernel at a time together. */
export interface Team {
  readonly threads: number;
  /**
   * Runs a kernel over `rows` rows and returns when all are done. The rows are cut into chunks of multiples of
   * `chunkRows`, the least worth a thread's while.
   *
   * @throws RangeError if the kernel met an index outside its matrix
   */
  run(kernel: string, rows: number, chunkRows: number, values: readonly number[]): void;
  /** Ends the workers. */
  close(): Promise<void>;
}

/** So many chunks for each thread: enough to even out rows of different cost. */
const CHUNKS_PER_THREAD = 8;

/** Starts a worker for each task; the calling thread is one more member of the team. */
export async function startTeam(
  instance: KernelInstance,
  job: Job,
  tasks: readonly WorkerTask[],
): Promise<Team> {
  const threads = tasks.length + 1;
  const workers = await Promise.all(tasks.map(startWorker));
  const { words } = job;
  const numbers = new Map(instance.names.map((name, number) => [name, number]));

  const writeJob = (
    kernel: string,
    rows: number,
    chunk: number,
    values: readonly number[],
  ): void => {
    words[KERNEL] = numbers.get(kernel)!;
    words[ROWS] = rows;
    words[CHUNK_ROWS] = chunk;
    words[NEXT] = 0;
    words[FAILED] = 0;
    words[ARGUMENT_COUNT] = values.length;
    job.arguments.set(values);
  };
  const open = (): void => {
    Atomics.add(words, STATE, 1);
    Atomics.notify(words, STATE);
  };
  const closeJob = (): void => {
    Atomics.add(words, STATE, 1);
    for (;;) {
      const active = Atomics.load(words, ACTIVE);
      if (active === 0) return;
      Atomics.wait(words, ACTIVE, active, 1);
    }
  };

  return {
    threads,
    run(kernel, rows, chunkRows, values) {
      if (rows === 0) return;
      const share = Math.ceil(rows / (threads === 1 ? 1 : threads * CHUNKS_PER_THREAD));
      const chunk = Math.ceil(share / chunkRows) * chunkRows;
      writeJob(kernel, rows, chunk, values);
      const alone = chunk >= rows || threads === 1;
      try {
        if (!alone) open();
        takeChunks(job, instance.kernels);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw outside(kernel, error);
        throw error;
      } finally {
        if (!alone) closeJob();
      }
      if (words[FAILED] === 1) throw outside(kernel);
    },
    async close() {
      Atomics.store(words, STOP, 1);
      const ended = workers.map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.ref();
            worker.once("exit", () => {
              resolve();
            });
          }),
      );
      open();
      await Promise.all(ended);
    },
  };
}

/** Resolves when the worker waits for jobs. It does not keep the process alive. */
function startWorker(task: WorkerTask): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: task });
    worker.once("error", reject);
    worker.once("message", () => {
      worker.unref();
      resolve(worker);
    });
  });
}

function outside(kernel: string, cause?: unknown): RangeError {
  return new RangeError(
    `${kernel}: an offset or an index is outside its array; offsets must not fall, and an index must be below the number of rows it points into`,
    { cause },
  );
}
