import { InstancesConfig, RecSysConfig } from "../schema/index.ts";
import { type Bucket, ObjectNotFoundError } from "../storage/index.ts";
import { decodeJournal, type Outcome, outcomeOf, type WorkflowEvent } from "../workflow/index.ts";
import { z } from "zod";

import { holderOf } from "./execution-holder.ts";
import { type WorkflowName, WORKFLOWS } from "./execution-name.ts";

/** The input of an execution, `input.json`: where it works and what it reads, settled when it starts. */
export const ExecutionInput = z.strictObject({
  bucket: z.string(),
  prefix: z.string(),
  /** Its name: a service that runs it may call it otherwise. */
  execution: z.string(),
  jobPrefix: z.string(),
  instances: InstancesConfig,
  /** The rounds of a fit that several instances share; none where one instance fits alone. */
  rounds: z.array(z.int()),
  /** Stage folder or role → execution; see `StageRun`. */
  inputs: z.record(z.string(), z.string()),
});
export type ExecutionInput = z.infer<typeof ExecutionInput>;

/** The files of an execution: `journal.jsonl`, `input.json`, `config.json`, `lock.json`, `elsewhere.json`, `logs/`. */
interface ExecutionPaths {
  readonly folder: string;
  readonly journal: string;
  readonly input: string;
  readonly config: string;
  readonly lock: string;
  /** Which service runs it, where one does. */
  readonly elsewhere: string;
  readonly logs: string;
}

/** Where an execution's files stand in the bucket. */
export function executionPaths(workflow: WorkflowName, name: string): ExecutionPaths {
  const folder = `executions/${workflow}/${name}`;
  return {
    folder,
    journal: `${folder}/journal.jsonl`,
    input: `${folder}/input.json`,
    config: `${folder}/config.json`,
    lock: `${folder}/lock.json`,
    elsewhere: `${folder}/elsewhere.json`,
    logs: `${folder}/logs`,
  };
}

/** Where an execution stands. An interrupted one lost its process; the same command resumes it. */
export interface Execution {
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly status: "running" | "interrupted" | Outcome["status"];
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly input: ExecutionInput;
  /** The configuration it was started with. */
  readonly config: RecSysConfig;
  readonly events: readonly WorkflowEvent[];
}

/** An execution's record, `undefined` if there is no such execution. */
export async function readExecution(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<Execution | undefined> {
  const paths = executionPaths(workflow, name);
  const input = await readText(bucket, paths.input);
  const config = await readText(bucket, paths.config);
  if (input === undefined || config === undefined) return undefined;
  const events = decodeJournal((await readText(bucket, paths.journal)) ?? "");
  const outcome = outcomeOf(events);
  return {
    workflow,
    name,
    status:
      outcome?.status ??
      ((await isExecutionRunning(bucket, workflow, name)) ? "running" : "interrupted"),
    startedAt: events[0]?.time,
    endedAt: outcome === undefined ? undefined : events.at(-1)?.time,
    outcome,
    input: parseInput(name, input),
    config: RecSysConfig.parse(JSON.parse(config)),
    events,
  };
}

/** Those of before did not name the execution. */
export function parseInput(name: string, text: string): ExecutionInput {
  return ExecutionInput.parse({ execution: name, ...(JSON.parse(text) as object) });
}

/** All executions, the latest first. */
export async function listExecutions(bucket: Bucket): Promise<readonly Execution[]> {
  const executions: Execution[] = [];
  for (const workflow of WORKFLOWS) {
    for (const { path } of await bucket.list(`executions/${workflow}/`)) {
      const [, , name, file] = path.split("/");
      if (name === undefined || file !== "input.json") continue;
      const execution = await readExecution(bucket, workflow, name);
      if (execution !== undefined) executions.push(execution);
    }
  }
  return executions.sort((a, b) => ((a.startedAt ?? "") < (b.startedAt ?? "") ? 1 : -1));
}

/** An object's text, `undefined` if there is none. */
export async function readText(bucket: Bucket, path: string): Promise<string | undefined> {
  try {
    return Buffer.from(await bucket.read(path)).toString("utf8");
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

/** Does a living process, or a service by itself, run this execution? */
export async function isExecutionRunning(
  bucket: Bucket,
  workflow: WorkflowName,
  name: string,
): Promise<boolean> {
  const holder = await readText(bucket, executionPaths(workflow, name).lock);
  return holder !== undefined && holderOf(holder).isAlive;
}
