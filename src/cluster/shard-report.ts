import type { Progress } from "../schema/index.ts";
import type { ShardLine } from "./shard.ts";

/** Where a running shard's words go: the job of the queue. */
interface ReportSink {
  readonly updateProgress: (progress: Progress) => Promise<void>;
  /** Keeps a row of text with the job. */
  readonly log: (row: string) => Promise<unknown>;
}

const FLUSH_MS = 500;

/** Passes on what a shard prints and how far it is, together every half second: Redis is not asked for every line. */
export class ShardReport {
  readonly #sink: ReportSink;
  readonly #timer: NodeJS.Timeout;
  #lines: ShardLine[] = [];
  #progress: Progress | undefined;
  #sent = Promise.resolve();

  constructor(sink: ReportSink) {
    this.#sink = sink;
    this.#timer = setInterval(() => {
      this.#flush();
    }, FLUSH_MS);
  }

  line(text: string, isError: boolean): void {
    this.#lines.push({ time: new Date().toISOString(), isError, text });
  }

  progress(progress: Progress): void {
    this.#progress = progress;
  }

  /** Resolves when everything has been passed on, or cannot be: who reads it may have gone. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
    await this.#sent;
  }

  #flush(): void {
    const [lines, progress] = [this.#lines, this.#progress];
    [this.#lines, this.#progress] = [[], undefined];
    const send = async (): Promise<void> => {
      if (lines.length > 0) await this.#sink.log(JSON.stringify(lines));
      if (progress !== undefined) await this.#sink.updateProgress(progress);
    };
    this.#sent = this.#sent.then(send).catch(() => undefined);
  }
}
