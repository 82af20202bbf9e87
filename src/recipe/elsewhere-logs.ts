import { type JobLine, messageIn } from "../jobs/index.ts";
import type { Happening, Json, StateRun, WorkflowEvent } from "../workflow/index.ts";
import { JobGroup } from "./job-group.ts";
import type { JobLogs } from "./job-logs.ts";
import type { RequestedJob } from "./requested-job.ts";
import type { PrintedLine, WorkflowService } from "./workflow-service.ts";

/** So long after a job's end its last lines are waited for; a container that died, or never began, says no last word. */
const SETTLE_MS = 10_000;
/** After so many looks in vain nothing is waited for any more; looking goes on. */
const MOST_FAILURES = 3;

/** How the lines of jobs in a service become those of local ones. */
export interface ElsewhereLogsOptions {
  readonly service: Pick<WorkflowService, "prints">;
  readonly logs: JobLogs;
  /** Jobs whose logs are kept already. */
  readonly kept: ReadonlySet<string>;
  readonly jobOf: (state: string, input: Json) => RequestedJob | undefined;
  readonly onLog: (line: JobLine) => void;
  /** What jobs say of their progress, which is not kept. */
  readonly onProgress: (happening: Extract<Happening, { readonly type: "TaskProgress" }>) => void;
  /** @default 10 s */
  readonly settleMilliseconds?: number;
}

/**
 * Copies what the jobs of an execution print in a service to where a local execution's logs lie, so that whoever reads those reads
 * these. As on one machine, a job's log is in its place before its end is told: the end waits for the job's last lines.
 */
export class ElsewhereLogs {
  readonly #options: ElsewhereLogsOptions;
  readonly #groups = new Map<string, JobGroup>();
  readonly #runs = new Map<string, JobGroup>();
  /** Ends of jobs that have not been told yet, in their order. */
  #ends: { readonly index: number; readonly group: JobGroup; readonly seenAt: number }[] = [];
  #heard = 0;
  #failures = 0;
  #trouble: string | undefined;

  constructor(options: ElsewhereLogsOptions) {
    this.#options = options;
  }

  /**
   * Reads on.
   *
   * @param events - all so far
   * @param known - how many of them were told before
   * @returns how many may be told now: those before the end of a job whose lines are not all here
   */
  async look(events: readonly WorkflowEvent[], known: number): Promise<number> {
    for (; this.#heard < events.length; this.#heard++) this.#hear(events, this.#heard, known);
    await this.#read();
    const { logs, settleMilliseconds = SETTLE_MS } = this.#options;
    while (this.#ends.length > 0) {
      const { index, group, seenAt } = this.#ends[0]!;
      const isWaiting = performance.now() - seenAt < settleMilliseconds;
      if (!group.isComplete && isWaiting && this.#failures < MOST_FAILURES) return index;
      for (const job of group.end()) await logs.close(job);
      this.#ends.shift();
      this.#forgetEnded(group);
    }
    return events.length;
  }

  /** Puts what is there in its place: nothing comes any more. */
  async close(): Promise<void> {
    for (const group of this.#groups.values())
      for (const job of group.end()) await this.#options.logs.close(job);
    await this.#options.logs.close(TROUBLE);
  }

  #hear(events: readonly WorkflowEvent[], index: number, known: number): void {
    const event = events[index]!;
    if (event.type === "StateEntered") {
      const job = this.#options.jobOf(event.state, event.input);
      if (job === undefined) return;
      const group = this.#groups.get(job.namePrefix) ?? this.#newGroup(job);
      group.begin(event);
      this.#runs.set(keyOf(event), group);
    } else if (event.type === "StateSucceeded" || event.type === "StateFailed") {
      this.#end(keyOf(event), index, known);
    } else if (event.type === "ExecutionAborted" || event.type === "ExecutionFailed") {
      // Jobs that were under way are stopped with it.
      for (const key of this.#runs.keys()) this.#end(key, index, known);
    }
  }

  /** A run has ended; its last lines may be on their way. */
  #end(key: string, index: number, known: number): void {
    const group = this.#runs.get(key);
    if (group === undefined) return;
    this.#runs.delete(key);
    group.run = undefined;
    if (index >= known) this.#ends.push({ index, group, seenAt: performance.now() });
    this.#forgetEnded(group);
  }

  #forgetEnded(group: JobGroup): void {
    const isOver = group.run === undefined && !this.#ends.some((end) => end.group === group);
    if (isOver) this.#groups.delete(group.job.namePrefix);
  }

  #newGroup(job: RequestedJob): JobGroup {
    const { service, kept } = this.#options;
    const group = new JobGroup(job, service.prints(job.kind, job.namePrefix), kept);
    this.#groups.set(job.namePrefix, group);
    return group;
  }

  async #read(): Promise<void> {
    try {
      for (const group of this.#groups.values()) {
        const progress = new Map<string, Json>();
        await group.read((line) => {
          this.#take(group, line, progress);
        });
        for (const latest of progress.values()) {
          if (group.run === undefined) break;
          const { path, state, run } = group.run;
          this.#options.onProgress({ type: "TaskProgress", path, state, run, progress: latest });
        }
      }
      this.#failures = 0;
    } catch (error) {
      this.#failures++;
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #take(group: JobGroup, line: PrintedLine, progress: Map<string, Json>): void {
    const message = messageIn(line.text);
    if (message === undefined) {
      // Containers print to stderr what is for people: stdout is for messages, and CloudWatch tells the two apart no more.
      this.#tell({ ...line, state: group.state, isError: true });
    } else if ("progress" in message) {
      const host = Number(/\d+$/.exec(line.host)?.[0] ?? 1) - 1;
      progress.set(line.host, { ...message.progress, host, hosts: group.job.instanceCount });
    } else group.hearLastWord();
  }

  #say(trouble: string): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const text = `warning: what the jobs print cannot be read: ${trouble}`;
    const time = new Date().toISOString();
    this.#tell({ job: TROUBLE, state: null, host: TROUBLE, time, isError: true, text });
  }

  #tell(line: JobLine): void {
    this.#options.logs.add(line);
    this.#options.onLog(line);
  }
}

/** Where what is wrong with the logs themselves stands among them, as if it were a job's. */
const TROUBLE = "logs";

function keyOf({ path, state, run }: StateRun): string {
  return JSON.stringify([path, state, run]);
}
