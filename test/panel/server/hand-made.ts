import { RecSysConfig, type Evaluation } from "../../../src/schema/index.ts";
import { ArtefactWriter, type Bucket } from "../../../src/storage/index.ts";
import { encodeEvent, type WorkflowEvent } from "../../../src/workflow/index.ts";

/** A core execution's record, written by hand. */
export async function writeRecord(
  bucket: Bucket,
  name: string,
  {
    data,
    startedAt = "2026-11-26T08:00:00.000Z",
    settings = {},
    events = [],
  }: {
    readonly data: string;
    readonly startedAt?: string;
    readonly settings?: object;
    /** What follows the start; by default it succeeds a minute later. */
    readonly events?: readonly WorkflowEvent[];
  },
): Promise<void> {
  const folder = `executions/core/${name}`;
  const config = RecSysConfig.parse(settings);
  const input = {
    bucket: bucket.url,
    prefix: config.bucketPrefix,
    execution: name,
    jobPrefix: name,
    instances: config.instances,
    rounds: [],
    inputs: { processed_data: data },
  };
  const end: WorkflowEvent = {
    type: "ExecutionSucceeded",
    time: new Date(Date.parse(startedAt) + 60_000).toISOString(),
    output: null,
  };
  const journal: readonly WorkflowEvent[] = [
    { type: "ExecutionStarted", time: startedAt, name, input },
    ...(events.length === 0 ? [end] : events),
  ];
  await bucket.write(`${folder}/config.json`, JSON.stringify(config));
  await bucket.write(`${folder}/input.json`, JSON.stringify(input));
  await bucket.write(`${folder}/journal.jsonl`, journal.map(encodeEvent).join(""));
}

/** Processed data of which only the counts are there. */
export async function writeCounts(bucket: Bucket, name: string, content: object): Promise<void> {
  const artefact = new ArtefactWriter(bucket, "processed_data", name);
  await artefact.finish({
    createdAtSeconds: Date.UTC(2026, 10, 25) / 1000,
    inputs: {},
    content: { ...content },
  });
}

/** An evaluation of a model and two baselines by NDCG@10. */
export async function writeEvaluation(
  bucket: Bucket,
  name: string,
  {
    data,
    ndcg,
    selected = true,
  }: { readonly data: string; readonly ndcg: number; readonly selected?: boolean },
): Promise<void> {
  const estimate = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const scorer = (role: "model" | "baseline", named: string, value: number) => ({
    name: named,
    role,
    metrics: { "ndcg@10": estimate(value) },
    lists: {},
  });
  const group = { users: 10, pairs: 100, predicted: 0.03, observed: 0.02 };
  const evaluation: Evaluation = {
    formatVersion: 1,
    split: "per-user",
    part: "test",
    heldOutRows: "latest",
    positiveThreshold: null,
    counts: {
      users: 10,
      items: 10,
      candidates: 10,
      eligibleUsers: 10,
      rankedUsers: 10,
      evaluatedUsers: 10,
      relevant: 10,
    },
    ks: [10],
    bootstrap: { samples: 100, seed: 0 },
    definitions: {},
    scorers: [
      scorer("baseline", "popular", 0.05),
      scorer("model", "two-tower", ndcg),
      scorer("baseline", "ease", 0.15),
    ],
    differences: [],
    slices: [],
    calibration: {
      event: "an interaction",
      horizon: 1,
      k: 10,
      groups: { all: group, low: null, middle: null, high: null },
      reliability: { expectedCalibrationError: 0.01, bins: [] },
    },
    examples: [],
    gate: { metric: "ndcg@10", selected, reasons: [selected ? "passed: it is" : "failed: low"] },
  };
  const artefact = new ArtefactWriter(bucket, "evaluation", name);
  await artefact.write("metrics.json", JSON.stringify(evaluation));
  await artefact.write("report.html", `<!doctype html><title>Evaluation ${name}</title>`);
  await artefact.finish({
    createdAtSeconds: Date.UTC(2026, 10, 26) / 1000,
    inputs: { processed_data: data },
    content: {},
  });
}
