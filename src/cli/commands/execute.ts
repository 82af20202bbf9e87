import { Command, Option } from "commander";

import { checkExecutionName, readExecution } from "../../recipe/index.ts";
import { DataError } from "../../schema/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { copyRawFiles, rawFilesIn } from "../execute/raw-copy.ts";
import { type Target, targetOption } from "../cloud/target-option.ts";
import { startDetached } from "../execute/detached-execution.ts";
import { executionPlace } from "../execute/execution-place.ts";
import { runExecution } from "../execute/run-execution.ts";
import { collectorSummary, coreSummary } from "../execute/summary.ts";
import { redisOption } from "../redis-option.ts";
import { EXIT } from "../exit-codes.ts";
import type { OpenSession } from "../session.ts";
import { UsageError } from "../usage-error.ts";

/** `recsys execute`: one execution of one workflow, under a name of its own (A24). */
export function executeCommand(open: OpenSession): Command {
  return new Command("execute")
    .description("execute the collector or the core workflow, or let an execution go on")
    .addCommand(collectorCommand(open))
    .addCommand(coreCommand(open))
    .addHelpText("after", EXAMPLES);
}

function collectorCommand(open: OpenSession): Command {
  return new Command("collector")
    .description("read, check and prepare the raw files: raw_data → processed_data")
    .addOption(bucketOption())
    .addOption(targetOption())
    .addOption(redisOption())
    .option(
      "--raw <place>",
      "folder or s3://… with the raw files, copied into raw_data of the bucket first",
    )
    .requiredOption("--name <name>", "name of the execution: 1 to 80 letters, digits, - or _")
    .addOption(retryOption())
    .addOption(detachOption())
    .addHelpText("after", COLLECTOR_EXAMPLES)
    .action(async (options: CollectorOptions, command: Command) => {
      const session = open(command);
      checkName(options.name);
      const { config } = session.configuration();
      const bucket = await openBucket(session, options.bucket);
      const place = executionPlace(options, bucket);
      const known = await readExecution(bucket, "collector", options.name);
      // What an execution has begun to read, or has read, is not exchanged under its name.
      if (options.raw !== undefined && known === undefined) {
        const files = await rawFilesIn(options.raw, session.signal);
        await copyRawFiles(bucket, options.raw, { execution: options.name, files });
      }
      const { name, retry } = options;
      const goOn = retry === true ? "retry" : undefined;
      const request = { bucket, workflow: "collector", name, config, goOn, place } as const;
      if (options.detach === true) return startDetached(session, request);
      const execution = await runExecution(session, request);
      const { result, text } = await collectorSummary(bucket, config, execution);
      session.print(result, text);
    });
}

function coreCommand(open: OpenSession): Command {
  return new Command("core")
    .description("train, evaluate and, if the model is good enough, recommend to everybody")
    .addOption(bucketOption())
    .addOption(targetOption())
    .addOption(redisOption())
    .requiredOption("--name <name>", "name of the execution: 1 to 80 letters, digits, - or _")
    .option("--model <execution>", "use the model of this execution instead of training one")
    .addOption(retryOption().conflicts("model"))
    .addOption(detachOption())
    .addHelpText("after", CORE_EXAMPLES)
    .action(async (options: CoreOptions, command: Command) => {
      const session = open(command);
      checkName(options.name);
      const { config } = session.configuration();
      const bucket = await openBucket(session, options.bucket);
      const { name, model: modelExecution, retry } = options;
      const goOn = retry === true ? "retry" : undefined;
      const place = executionPlace(options, bucket);
      const order = { bucket, workflow: "core", name, config, modelExecution, goOn } as const;
      const request = { ...order, place };
      if (options.detach === true) return startDetached(session, request);
      const execution = await runExecution(session, request);
      const { result, text } = await coreSummary(bucket, config, execution);
      session.print(result, text);
      if (execution.status === "rejected") process.exitCode = EXIT.rejected.code;
    });
}

interface CollectorOptions {
  readonly bucket: string;
  readonly target: Target;
  readonly redis?: string;
  readonly raw?: string;
  readonly name: string;
  readonly retry?: true;
  readonly detach?: true;
}

interface CoreOptions {
  readonly bucket: string;
  readonly target: Target;
  readonly redis?: string;
  readonly name: string;
  readonly model?: string;
  readonly retry?: true;
  readonly detach?: true;
}

function retryOption(): Option {
  return new Option(
    "--retry",
    "go on with an execution that failed or was stopped, from the state it was in",
  );
}

function detachOption(): Option {
  return new Option("--detach", "in AWS: start it and leave it running");
}

function checkName(name: string): void {
  try {
    checkExecutionName(name);
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(`--name: ${error.message}`);
    throw error;
  }
}

const COLLECTOR_EXAMPLES = `
Examples:
  recsys execute collector --raw ./shop --name collector-1
  recsys execute collector --bucket ./my-bucket --name collector-2   (files already in raw_data)`;
const CORE_EXAMPLES = `
Examples:
  recsys execute core --name core-1
  recsys execute core --name core-2 --set training.seed=7
  recsys execute core --name core-3 --model core-1   (no training: new users, old model)
  recsys execute core --name core-2 --retry          (from the state that failed)
  recsys execute core --name core-4 --target aws --bucket s3://my-bucket   (its stack deployed before)`;
const EXAMPLES = COLLECTOR_EXAMPLES + CORE_EXAMPLES.replace("\nExamples:", "");
