import type { StateRun } from "../workflow/index.ts";
import type { RequestedJob } from "./requested-job.ts";
import type { PrintedLine, ReadPrints } from "./workflow-service.ts";

/** The jobs in a service that are tries of one: their names differ in the counts at the end only, and one runs at a time. */
export class JobGroup {
  readonly job: RequestedJob;
  /** The run under way. */
  run: StateRun | undefined;
  readonly #prints: ReadPrints;
  readonly #kept: Set<string>;
  /** Jobs that have printed something and are not kept yet, in their order. */
  readonly #names = new Set<string>();
  #state = "";
  #lastWords = 0;

  constructor(job: RequestedJob, prints: ReadPrints, kept: ReadonlySet<string>) {
    this.job = job;
    this.#prints = prints;
    this.#kept = new Set(kept);
  }

  get state(): string {
    return this.#state;
  }

  /** Has every host of the run that has ended printed its last line? */
  get isComplete(): boolean {
    return this.#lastWords >= this.job.instanceCount;
  }

  begin(run: StateRun): void {
    this.run = run;
    this.#state = run.state;
  }

  /** A host has printed the last line of its job. */
  hearLastWord(): void {
    this.#lastWords++;
  }

  /** Tells what has been printed since the last time by jobs whose logs are not kept yet. */
  read(tell: (line: PrintedLine) => void): Promise<void> {
    return this.#prints((line) => {
      if (this.#kept.has(line.job)) return;
      this.#names.add(line.job);
      tell(line);
    });
  }

  /** @returns the jobs whose logs are whole now that the run is over; lines that come later are left out */
  end(): readonly string[] {
    const names = [...this.#names];
    // The next try may have begun to print.
    if (this.run !== undefined && names.length > 1) names.pop();
    for (const name of names) {
      this.#names.delete(name);
      this.#kept.add(name);
    }
    this.#lastWords = 0;
    return names;
  }
}
