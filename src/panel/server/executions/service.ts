import { EventEmitter } from "node:events";

import {
  checkExecutionName,
  type ExecutionEngine,
  isExecutionRunning,
  levelOf,
  engineHere,
  readDeployment,
  readExecution,
  type RedriveOptions,
  readElsewhere,
  requireModel,
  runningExecutions,
  type WorkflowName,
  WORKFLOWS,
} from "../../../recipe/index.ts";
import type { ExecutionOrder, LogLine } from "../../../schema/index.ts";
import { readPointer } from "../../../storage/index.ts";
import type { Outcome } from "../../../workflow/index.ts";
import { PanelError } from "../context.ts";
import { missingRawFiles } from "../data/index.ts";
import { whyNotExecutable } from "../stacks/index.ts";
import type { ExecutionIndex } from "./execution-index.ts";
import { LiveExecution } from "./live-execution.ts";
import { workflowLine } from "./logs/workflow-line.ts";
import { refused } from "./refused.ts";
import { forgetStarter, keepStarter, readStarter } from "./started-by.ts";
import type { ExecutionsContext } from "./executions-context.ts";

/** What the service tells: that an execution's view has changed, and each line that a job prints. */
interface ServiceEvents {
  readonly change: [workflow: WorkflowName, name: string];
  readonly log: [line: LogLine];
}

/** Times in a row that the server takes up an execution without any of its states coming to an end. */
const MOST_RESUMES = 3;

/** The executions that this process runs. */
export class ExecutionService extends EventEmitter<ServiceEvents> {
  readonly #context: ExecutionsContext;
  readonly #index: ExecutionIndex;
  readonly #live = new Map<string, LiveExecution>();
  /** Workflows of which an execution is about to begin: two requests at once must not both get in. */
  readonly #beginning = new Set<WorkflowName>();
  readonly #suspend = new AbortController();
  readonly #engine: ExecutionEngine;

  constructor(context: ExecutionsContext, index: ExecutionIndex) {
    super();
    this.setMaxListeners(0);
    this.#context = context;
    this.#index = index;
    this.#engine = context.panel.cloud?.engine ?? engineHere(context.panel.redis);
  }

  /** The execution, if this process runs it. */
  live(workflow: WorkflowName, name: string): LiveExecution | undefined {
    return this.#live.get(`${workflow}/${name}`);
  }

  liveOnes(): readonly LiveExecution[] {
    return [...this.#live.values()];
  }

  /**
   * Starts an execution with its stack's deployed configuration.
   *
   * @throws PanelError if it may not be started, with the reason
   */
  async start({ workflow, name, model }: ExecutionOrder, by: string): Promise<void> {
    const { bucket, base, clock } = this.#context.panel;
    await this.#alone(workflow, async () => {
      await this.#checkName(workflow, name);
      const deployment = await readDeployment(bucket, workflow);
      const reason = whyNotExecutable(workflow, {
        isDeployed: deployment !== undefined,
        hasProcessedData: (await readPointer(bucket, "processed_data")) !== undefined,
        missingRawFiles: await missingRawFiles(bucket),
      });
      if (deployment === undefined || reason !== undefined) {
        throw new PanelError(409, "conflict", reason ?? "the stack is not deployed");
      }
      if (model !== undefined) await this.#checkModel(workflow, model);
      const { bucketPrefix } = base.config;
      await keepStarter(bucket, workflow, name, { by, at: clock().toISOString() });
      await this.#run(workflow, name, (options) =>
        this.#engine.execute({
          ...options,
          config: { ...deployment.config, bucketPrefix },
          ...(model === undefined ? {} : { modelExecution: model }),
        }),
      ).catch(async (error: unknown) => {
        const isThere = (await readExecution(bucket, workflow, name)) !== undefined;
        if (!isThere) await forgetStarter(bucket, workflow, name);
        throw refused(error);
      });
    });
  }

  /** @throws PanelError if another process runs it, or nothing does */
  async stop(workflow: WorkflowName, name: string, by: string): Promise<void> {
    const live = this.live(workflow, name);
    if (live !== undefined) {
      live.stop(`stopped by ${by}`);
      return;
    }
    const isElsewhere = await isExecutionRunning(this.#context.panel.bucket, workflow, name);
    throw new PanelError(
      409,
      "conflict",
      isElsewhere
        ? `"${name}" is run by another process, such as the command line; stop it there`
        : `"${name}" is not running`,
    );
  }

  /** @throws PanelError if there is nothing to retry, or another execution of the workflow is running */
  async retry(workflow: WorkflowName, name: string): Promise<void> {
    await this.#alone(workflow, () => this.#run(workflow, name, this.#engine.retry));
  }

  /** @throws PanelError if the model was not rejected or is no longer kept, or another execution is running */
  async promote(name: string, by: string, reason: string): Promise<void> {
    const promotion = { by, at: this.#context.panel.clock().toISOString(), reason };
    await this.#alone("core", () =>
      this.#run("core", name, (options) => this.#engine.promote({ ...options, promotion })),
    );
  }

  /** Follows what a service runs by itself and nobody here does: after a start, or when somebody else has started it. */
  async followElsewhere(): Promise<void> {
    const { bucket, log } = this.#context.panel;
    for (const { workflow, name } of await runningExecutions(bucket)) {
      if (this.#suspend.signal.aborted || this.live(workflow, name) !== undefined) continue;
      if ((await readElsewhere(bucket, workflow, name)) === undefined) continue;
      await this.#run(workflow, name, this.#engine.retry).catch((error: unknown) => {
        log.error({ err: error, workflow, name }, "the execution cannot be followed");
      });
    }
  }

  /** Takes up what the panel had started and a dead process left without an end, one after the other. */
  async resume(): Promise<void> {
    const { bucket, log } = this.#context.panel;
    const resumeAll = async (workflow: WorkflowName): Promise<void> => {
      const rows = await this.#index.list([workflow]);
      for (const { name, status } of rows) {
        if (status !== "interrupted" || this.#suspend.signal.aborted) continue;
        if ((await readStarter(bucket, workflow, name)) === undefined) continue;
        const events = (await readExecution(bucket, workflow, name))?.events ?? [];
        const lastStep = events.findLastIndex(({ type }) => type === "StateSucceeded");
        const tries = events.slice(lastStep).filter(({ type }) => type === "ExecutionResumed");
        if (tries.length >= MOST_RESUMES) {
          log.error(
            { workflow, name },
            "resumed several times in vain; left for a person to retry",
          );
          continue;
        }
        log.info({ workflow, name }, "going on with an execution that was interrupted");
        try {
          await this.retry(workflow, name);
          await this.live(workflow, name)?.ended;
        } catch (error) {
          log.error({ err: error, workflow, name }, "the execution cannot go on");
        }
      }
    };
    await Promise.all(WORKFLOWS.map(resumeAll));
  }

  /** Stops the jobs and leaves the executions as a crash would: {@link resume} takes them up again. */
  async suspend(): Promise<void> {
    this.#suspend.abort(new Error("the panel's server is closing"));
    await Promise.all(this.liveOnes().map(({ ended }) => ended));
  }

  async #checkName(workflow: WorkflowName, name: string): Promise<void> {
    const taken = (problem: string): PanelError =>
      new PanelError(409, "conflict", problem, [{ path: "name", problem }]);
    try {
      checkExecutionName(name);
    } catch (error) {
      throw taken(error instanceof Error ? error.message : String(error));
    }
    if ((await readExecution(this.#context.panel.bucket, workflow, name)) !== undefined) {
      throw taken(`there is a ${workflow} execution "${name}" already; choose another name`);
    }
  }

  async #checkModel(workflow: WorkflowName, model: string): Promise<void> {
    const problem = (words: string): PanelError =>
      new PanelError(409, "conflict", words, [{ path: "model", problem: words }]);
    if (workflow !== "core") throw problem("only a core execution can be given a model");
    try {
      await requireModel(this.#context.panel.bucket, model);
    } catch (error) {
      throw problem(error instanceof Error ? error.message : String(error));
    }
  }

  /** Lets one execution of a workflow begin, if none is running, whoever runs it. */
  async #alone(workflow: WorkflowName, begin: () => Promise<void>): Promise<void> {
    if (this.#suspend.signal.aborted) {
      throw new PanelError(503, "closing", "the panel's server is closing; try again in a moment");
    }
    const running = (name: string): PanelError =>
      new PanelError(
        409,
        "conflict",
        `the ${workflow} execution "${name}" is running; wait for it, or stop it`,
      );
    if (this.#beginning.has(workflow)) throw running("that was just started");
    this.#beginning.add(workflow);
    try {
      const ours = this.liveOnes().find((live) => live.workflow === workflow);
      const rows = await this.#index.list([workflow]);
      const other = ours ?? rows.find(({ status }) => status === "running");
      if (other !== undefined) throw running(other.name);
      await begin();
    } catch (error) {
      throw refused(error);
    } finally {
      this.#beginning.delete(workflow);
    }
  }

  /** Runs an execution in this process; resolves once it has begun. */
  async #run(
    workflow: WorkflowName,
    name: string,
    execute: (options: RedriveOptions) => Promise<Outcome>,
  ): Promise<void> {
    const { panel, jobEntry } = this.#context;
    const live = new LiveExecution(workflow, name, () => {
      this.emit("change", workflow, name);
    });
    const key = `${workflow}/${name}`;
    this.#live.set(key, live);
    await live.run(
      (onEvent, signal) =>
        execute({
          bucket: panel.bucket,
          workflow,
          name,
          signal,
          suspend: this.#suspend.signal,
          onEvent: (event) => {
            onEvent(event);
            const line = workflowLine(workflow, name, event);
            if (line !== undefined) this.emit("log", line);
          },
          onLog: ({ state, host, time, isError, text }) => {
            const level = levelOf(text, isError);
            const line = { time, level, workflow, execution: name, state, host, text };
            live.keepLine(line);
            this.emit("log", line);
          },
          ...(jobEntry === undefined ? {} : { jobEntry }),
        }),
      (error) => {
        this.#live.delete(key);
        if (error !== undefined && !this.#suspend.signal.aborted) {
          panel.log.error({ err: error, workflow, name }, "the execution broke off");
        }
        this.emit("change", workflow, name);
      },
    );
  }
}
