import type { WorkflowName } from "../../../recipe/index.ts";
import type { LogLine } from "../../../schema/index.ts";
import type { Outcome, WorkflowEvent } from "../../../workflow/index.ts";
import { RunProgress } from "./view/run-progress.ts";

/** Lines of running jobs that are kept in memory until their logs stand in the bucket. */
const MOST_LINES = 5000;

/** An execution that this process runs. */
export class LiveExecution {
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly progress = new RunProgress(() => performance.now() / 1000);
  /** Grows with every event that is kept in the journal. */
  journalVersion = 0;
  /** Resolves when this process has nothing more to do with it, however that came. */
  ended: Promise<void> = Promise.resolve();
  readonly #lines: LogLine[] = [];
  readonly #stop = new AbortController();
  readonly #onChange: () => void;

  constructor(workflow: WorkflowName, name: string, onChange: () => void) {
    this.workflow = workflow;
    this.name = name;
    this.#onChange = onChange;
  }

  /**
   * Runs it; resolves with its first event, when its record is there.
   *
   * @param execute - does it
   * @param onEnd - told when it is over, and the error if it could not be run to an end
   * @throws what `execute` throws before the first event
   */
  run(
    execute: (onEvent: (event: WorkflowEvent) => void, signal: AbortSignal) => Promise<Outcome>,
    onEnd: (error: unknown) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let hasBegun = false;
      const onEvent = (event: WorkflowEvent): void => {
        hasBegun = true;
        this.progress.hear(event);
        if (event.type !== "TaskProgress") this.journalVersion++;
        // The lines of a job that has ended stand in the bucket.
        if (event.type === "StateSucceeded" || event.type === "StateFailed")
          this.#drop(event.state);
        this.#onChange();
        resolve();
      };
      this.ended = execute(onEvent, this.#stop.signal).then(
        () => {
          onEnd(undefined);
          resolve();
        },
        (error: unknown) => {
          onEnd(hasBegun ? error : undefined);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  stop(reason: string): void {
    this.#stop.abort(new Error(reason));
  }

  keepLine(line: LogLine): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES) this.#lines.splice(0, this.#lines.length - MOST_LINES);
  }

  /** What jobs under way have printed lately. */
  lines(): readonly LogLine[] {
    return this.#lines;
  }

  #drop(state: string): void {
    const others = this.#lines.filter((line) => line.state !== state);
    this.#lines.splice(0, this.#lines.length, ...others);
  }
}
