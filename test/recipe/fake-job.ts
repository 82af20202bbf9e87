import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";

import { runJob } from "../../src/jobs/index.ts";
import { publishDataStage, publishStage } from "../../src/recipe/publish.ts";
import { type Stage, stageJob, verdict } from "../../src/recipe/stage-job.ts";
import type { StageFolder } from "../../src/schema/index.ts";
import { ArtefactWriter } from "../../src/storage/index.ts";

/*
 * A job binary whose stages write tiny artefacts. In the bucket's folder, `trace.log` gets a line for each
 * start and end; a stage waits as long as there is a file `hold-<job>`, and fails if there is `fail-<job>`; with
 * `reject` the gate rejects.
 */
const job = process.argv[2]!;

function traced<Result>(stage: Stage<Result>): Stage<Result> {
  return async (bucket, run) => {
    const trace = (what: string): void => {
      const line = `${what} ${job} ${run.shard.index}/${run.shard.count} ${process.pid}\n`;
      appendFileSync(join(bucket.url, "trace.log"), line);
    };
    trace("start");
    run.report({ activity: job, done: 1, total: 2 });
    console.log(`log of ${job}`);
    while (existsSync(join(bucket.url, `hold-${job}`))) {
      await new Promise((resume) => setTimeout(resume, 10));
      run.signal.throwIfAborted();
    }
    if (existsSync(join(bucket.url, `fail-${job}`))) throw new Error(`${job} was told to fail`);
    const result = await stage(bucket, run);
    trace("end");
    return result;
  };
}

/** Writes an artefact that says what it was made from, with files of these names. */
function writes(stage: StageFolder, files: readonly string[] = []): Stage {
  return async (bucket, run) => {
    const artefact = new ArtefactWriter(bucket, stage, run.execution);
    for (const name of ["made-by.txt", ...files]) await artefact.write(name, job);
    const model = run.inputs["model"] ?? run.execution;
    const { processed_data } = run.inputs;
    await artefact.finish({
      createdAtSeconds: run.startedAtSeconds,
      inputs: processed_data === undefined ? {} : { processed_data, model },
      content: { served: run.inputs["served"] ?? null },
    });
  };
}

/** A shard leaves something for the comparison. */
const evaluate: Stage = (bucket, { execution, shard }) =>
  bucket.write(`evaluation/${execution}/shards/${shard.index}`, job);

const compare: Stage<{ selected: boolean; reasons: readonly string[] }> = async (bucket, run) => {
  await writes("evaluation")(bucket, run);
  const rejected = existsSync(join(bucket.url, "reject"));
  return {
    selected: !rejected,
    reasons: rejected ? ["ndcg@10 0.01 is below 0.02", "and more"] : [],
  };
};

const transform: Stage = async (bucket, { execution, shard }) => {
  const folder = `batch_transform_inference_output/${execution}/shards/${shard.index}`;
  await bucket.write(`${folder}/rows.txt`, `${shard.index} of ${shard.count}`);
};

await runJob(job, {
  collect: stageJob(traced(writes("processed_data"))),
  measure: stageJob(traced(writes("kpi"))),
  "publish-data": stageJob(traced(publishDataStage)),
  train: stageJob(traced(writes("model"))),
  evaluate: stageJob(traced(evaluate)),
  compare: stageJob(traced(compare), verdict),
  refit: stageJob(traced(writes("model", ["items.safetensors", "vocabulary.json"]))),
  transform: stageJob(traced(transform)),
  merge: stageJob(traced(writes("batch_transform_inference_output"))),
  publish: stageJob(traced(publishStage)),
});
