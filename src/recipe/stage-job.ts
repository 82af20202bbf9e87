import { threadsFor } from "../core/index.ts";
import type { JobHandler } from "../jobs/index.ts";
import { FITS, RecSysConfig, type Round, type StageRun } from "../schema/index.ts";
import { type Bucket, openBucket } from "../storage/index.ts";
import type { Json } from "../workflow/index.ts";
import { checkExecutionName, type WorkflowName, WORKFLOWS } from "./execution-name.ts";
import { executionPaths, parseInput } from "./execution-record.ts";

/** Does a stage's work; most give nothing back, for stages meet in the bucket. */
export type Stage<Result = unknown> = (bucket: Bucket, run: StageRun) => Promise<Result>;

/**
 * A stage as a job: opens the bucket, reads the execution's configuration and inputs, runs the stage.
 *
 * @param stage - the work
 * @param message - what of the stage's result the workflow is told; by default nothing
 */
export function stageJob<Result>(
  stage: Stage<Result>,
  message: (result: Result) => Json | undefined = () => undefined,
): JobHandler {
  return async ({ environment, shard, processors, signal, report, scratchFolder }) => {
    const variable = (name: string): string => {
      const value = environment[name];
      if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
      return value;
    };
    const bucket = await openBucket(variable("RECSYS_BUCKET"), variable("RECSYS_PREFIX"));
    const execution = variable("RECSYS_EXECUTION");
    checkExecutionName(execution);
    const paths = executionPaths(workflowNamed(variable("RECSYS_WORKFLOW")), execution);
    const readText = async (path: string): Promise<string> =>
      Buffer.from(await bucket.read(path)).toString("utf8");
    const config = RecSysConfig.parse(JSON.parse(await readText(paths.config)));
    const result = await stage(bucket, {
      execution,
      startedAtSeconds: Math.floor(Date.parse(variable("RECSYS_STARTED_AT")) / 1000),
      config,
      inputs: parseInput(execution, await readText(paths.input)).inputs,
      shard,
      threads: threadsFor(config.training, processors),
      round: roundOf(environment, config),
      signal,
      report,
      scratchFolder,
    });
    return message(result);
  };
}

/** What the gate is told of an evaluation, within the length of a job's message. */
export function verdict({
  selected,
  reasons,
}: {
  readonly selected: boolean;
  readonly reasons: readonly string[];
}): Json {
  return { selected, cause: reasons.join("; ").slice(0, 240) };
}

/** The round of training that a job's environment names. */
function roundOf(
  { RECSYS_FIT, RECSYS_ROUND }: Readonly<Record<string, string | undefined>>,
  { training }: RecSysConfig,
): Round | undefined {
  const fit = FITS.find((known) => known === RECSYS_FIT);
  if (fit === undefined) return undefined;
  return { fit, index: Number(RECSYS_ROUND), count: training.rounds };
}

function workflowNamed(name: string): WorkflowName {
  const known = WORKFLOWS.find((workflow) => workflow === name);
  if (known === undefined) {
    throw new Error(`RECSYS_WORKFLOW must be ${WORKFLOWS.join(" or ")}, got "${name}"`);
  }
  return known;
}
