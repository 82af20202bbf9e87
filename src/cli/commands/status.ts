import { Command } from "commander";

import { openAccount, stepFunctions } from "../../cloud/index.ts";
import {
  type Execution,
  listExecutions,
  lookElsewhere,
  runningExecutions,
  type WorkflowService,
} from "../../recipe/index.ts";
import { STAGE_FOLDERS, type StageFolder } from "../../schema/index.ts";
import { type Bucket, readManifest, readPointer } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { cloudStatus, cloudStatusText } from "../cloud/cloud-status.ts";
import { type Target, targetOption } from "../cloud/target-option.ts";
import { duration } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import type { OpenSession } from "../session.ts";

/** `recsys status`: what each stage's pointer names, what is served, and every execution. */
export function statusCommand(open: OpenSession): Command {
  return new Command("status")
    .description("show what is current in each stage, what is served, and the executions")
    .addOption(targetOption())
    .option("--drift", "in AWS: also compare the stacks with what is there")
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (options: StatusFlags, command: Command) => {
      const session = open(command);
      const { signal } = session;
      const account = options.target === "aws" ? openAccount() : undefined;
      const stacks =
        account && (await cloudStatus(account, { drift: options.drift === true, signal }));
      if (stacks !== undefined && !options.bucket.startsWith("s3:")) {
        session.print({ stacks }, cloudStatusText(stacks));
        return;
      }
      const bucket = await openBucket(session, options.bucket);
      if (account !== undefined) await lookAtRunning(bucket, stepFunctions(account));
      const stages = await Promise.all(STAGE_FOLDERS.map((stage) => stageStatus(bucket, stage)));
      const executions = (await listExecutions(bucket)).map(executionStatus);
      const served = stages.at(-1)?.execution ?? null;
      const status = { bucket: bucket.url, served, stages, executions };
      const text = statusText(status, Date.now());
      if (stacks === undefined) session.print(status, text);
      else session.print({ stacks, ...status }, `${cloudStatusText(stacks)}\n\n${text}`);
    });
}

/** Brings the records of what runs in AWS up to date: nobody else may be following it. */
async function lookAtRunning(bucket: Bucket, service: WorkflowService): Promise<void> {
  for (const { workflow, name } of await runningExecutions(bucket)) {
    await lookElsewhere(service, { bucket, workflow, name });
  }
}

interface StatusFlags {
  readonly bucket: string;
  readonly target: Target;
  readonly drift?: true;
}

interface StageStatus {
  readonly stage: StageFolder;
  /** `null` before the first. */
  readonly execution: string | null;
  readonly previous: string | null;
  readonly createdAt: string | null;
}

interface ExecutionStatus {
  readonly name: string;
  readonly workflow: Execution["workflow"];
  readonly status: Execution["status"];
  /** Why it failed, or where it is. */
  readonly detail: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

async function stageStatus(bucket: Bucket, stage: StageFolder): Promise<StageStatus> {
  const pointer = await readPointer(bucket, stage);
  if (pointer === undefined) return { stage, execution: null, previous: null, createdAt: null };
  const { execution, previous } = pointer;
  const { createdAt } = await readManifest(bucket, stage, execution);
  return { stage, execution, previous, createdAt };
}

function executionStatus(execution: Execution): ExecutionStatus {
  const { name, workflow, status, startedAt = null, endedAt = null, outcome, events } = execution;
  const entered = events.findLast(({ type }) => type === "StateEntered");
  const detail =
    outcome?.status === "failed"
      ? `${outcome.error} in ${outcome.state}: ${outcome.cause}`
      : outcome === undefined && entered?.type === "StateEntered"
        ? `in ${entered.state}`
        : "";
  return { name, workflow, status, detail, startedAt, endedAt };
}

function statusText(
  status: {
    readonly bucket: string;
    readonly served: string | null;
    readonly stages: readonly StageStatus[];
    readonly executions: readonly ExecutionStatus[];
  },
  now: number,
): string {
  const age = (time: string | null): string =>
    time === null ? "–" : `${duration((now - Date.parse(time)) / 1000)} ago`;
  const stages = status.stages.map(({ stage, execution, previous, createdAt }) => [
    stage,
    execution ?? "–",
    age(createdAt),
    previous ?? "–",
  ]);
  const executions = status.executions.map((execution) => [
    execution.name,
    execution.workflow,
    execution.status,
    age(execution.startedAt),
    firstLine(execution.detail),
  ]);
  return [
    `Bucket: ${status.bucket}`,
    `Served: ${status.served ?? "nothing yet"}`,
    "",
    table(["STAGE", "CURRENT", "MADE", "BEFORE"], stages, ""),
    "",
    executions.length === 0
      ? "No executions yet."
      : table(["EXECUTION", "WORKFLOW", "STATE", "STARTED", ""], executions, ""),
  ].join("\n");
}

function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

const EXAMPLES = `
Examples:
  recsys status
  recsys status --bucket ./my-bucket --json
  recsys status --target aws --bucket s3://my-bucket   (the stacks too)`;
