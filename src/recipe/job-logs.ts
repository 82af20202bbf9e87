import type { Bucket, ObjectWriter } from "../storage/index.ts";
import type { JobLine } from "../jobs/index.ts";
import { formatLogLine, levelOf } from "./log-line.ts";

/** Keeps what jobs print: one object a host, `<folder>/<job>/<host>.log`, there when the job has ended. */
export class JobLogs {
  readonly #bucket: Bucket;
  readonly #folder: string;
  readonly #writers = new Map<string, Promise<ObjectWriter>>();

  constructor(bucket: Bucket, folder: string) {
    this.#bucket = bucket;
    this.#folder = folder;
  }

  add({ job, host, time, isError, text }: JobLine): void {
    const path = `${this.#folder}/${job}/${host}.log`;
    const writer = this.#writers.get(path) ?? this.#bucket.create(path);
    const line = formatLogLine({ time, level: levelOf(text, isError), text });
    const next = writer.then(async (open) => {
      await open.write(`${line}\n`);
      return open;
    });
    next.catch(() => undefined); // whoever closes it is told
    this.#writers.set(path, next);
  }

  /** Puts a job's logs in their place. */
  async close(job: string): Promise<void> {
    for (const [path, writer] of this.#writers) {
      if (!path.startsWith(`${this.#folder}/${job}/`)) continue;
      this.#writers.delete(path);
      await (await writer).close();
    }
  }

  /** Gives up what is not in its place yet: whoever goes on reads it anew. */
  async drop(): Promise<void> {
    const writers = [...this.#writers.values()];
    this.#writers.clear();
    for (const writer of writers) {
      await writer.then((open) => open.abort()).catch(() => undefined);
    }
  }
}
