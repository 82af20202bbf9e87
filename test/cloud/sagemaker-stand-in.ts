import { dirname } from "node:path";

import { JOB_RESOURCES } from "../../src/jobs/index.ts";
import { type Json, WorkflowError } from "../../src/workflow/index.ts";
import type { Answer, Emulator } from "./emulator.ts";
import { startMiniStack } from "./mini-stack.ts";
import { startRewritingProxy } from "./rewriting-proxy.ts";
import { type Print, sageMakersLogs } from "./sagemaker-logs.ts";

/** Does a job that a state machine asks SageMaker for, and gives what the state is told at its end. */
export type RunJob = (resource: string, request: Json, print: Print) => Promise<Json>;

/** An account in which the workflows' jobs are run: CloudFormation, Step Functions, S3 and others by MiniStack. */
export interface Account {
  /** Where the product is to look for AWS. */
  readonly url: string;
  readonly aws: Emulator;
  readonly stop: () => Promise<void>;
}

const REGION = "eu-west-1";

/**
 * Starts MiniStack with somebody at SageMaker's place.
 *
 * It has Step Functions, but not SageMaker. So in the templates that come by, `createProcessingJob.sync` and `createTrainingJob.sync` become
 * activities of Step Functions: the state machine hands the very same request over, and waits for the end in the same way. What the jobs
 * print stands in CloudWatch Logs, as SageMaker's does.
 */
export async function startAccount(runJob: RunJob): Promise<Account> {
  // It runs functions by the Node that comes first.
  const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  const aws = await startMiniStack({ SFN_WAIT_SCALE: "0", PATH: path });
  const activities = await Promise.all(
    Object.entries(JOB_RESOURCES).map(async ([kind, resource]) => {
      const { activityArn } = await aws.json("states", "AWSStepFunctions.CreateActivity", {
        name: kind,
      });
      return { resource, arn: activityArn as string };
    }),
  );
  const proxy = await startRewritingProxy(aws.url, (form) => {
    const template = form.get("TemplateBody");
    if (template === null) return;
    form.set(
      "TemplateBody",
      activities.reduce((text, { resource, arn }) => text.replaceAll(resource, arn), template),
    );
  });
  const print = sageMakersLogs(aws);
  let isStopped = false;
  const workers = activities.map(async ({ resource, arn }) => {
    while (!isStopped) {
      const task = await aws
        .json("states", "AWSStepFunctions.GetActivityTask", { activityArn: arn })
        .catch((): Answer => ({})); // stopped meanwhile
      if (task["taskToken"] === undefined) continue;
      const { taskToken, input } = task as { readonly taskToken: string; readonly input: string };
      const tell = async (action: string, words: object): Promise<void> => {
        await aws
          .json("states", `AWSStepFunctions.${action}`, { taskToken, ...words })
          .catch((error: unknown) => {
            if (!isStopped) throw error;
          });
      };
      void runJob(resource, JSON.parse(input) as Json, print).then(
        (output) => tell("SendTaskSuccess", { output: JSON.stringify(output) }),
        (error: unknown) =>
          tell("SendTaskFailure", {
            error: error instanceof WorkflowError ? error.error : "States.TaskFailed",
            cause: error instanceof Error ? error.message : String(error),
          }),
      );
    }
  });
  return {
    url: proxy.url,
    aws,
    stop: async () => {
      isStopped = true;
      await proxy.stop();
      await aws.stop();
      await Promise.all(workers);
    },
  };
}

/** What the product's processes find the account by. */
export function environmentOf(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}
