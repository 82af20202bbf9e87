import { type KnownRows, knownRows, readEvaluation } from "../../core/index.ts";
import { type Promotion, readExecution, readPromotion } from "../../recipe/index.ts";
import { CollectorReport, type Evaluation, type RecSysConfig } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  ObjectNotFoundError,
  placeWithin,
} from "../../storage/index.ts";
import { bytes, duration, whole } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import type { ExecutionResult } from "./run-execution.ts";

/** An execution's result as a script reads it, and as a person does. */
export interface Summary {
  readonly result: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What the collector found, what it cost, and where it is. */
export async function collectorSummary(
  bucket: Bucket,
  config: RecSysConfig,
  execution: ExecutionResult,
): Promise<Summary> {
  const folder = artefactFolder("processed_data", execution.name);
  const report = CollectorReport.parse(await readJson(bucket, `${folder}/report.json`));
  const { counts, problems, warnings } = report;
  const files = { processedData: place(bucket, config, folder) };
  const text = [
    `${whole(counts.users)} users, ${whole(counts.items)} items, ${whole(counts.rows)} interactions; ` +
      `${whole(problems.total)} rows set aside, ${whole(warnings.length)} warnings`,
    ...warnings.map(({ words, whatToDo }) => `  warning: ${words}; ${whatToDo}`),
    "",
    costTable(execution),
    "",
    `Processed data  ${files.processedData}`,
  ].join("\n");
  return { result: { ...execution, report, files }, text };
}

/** How good the model is, what was decided, what it cost, and where it is. */
export async function coreSummary(
  bucket: Bucket,
  config: RecSysConfig,
  execution: ExecutionResult,
): Promise<Summary> {
  const { name, status } = execution;
  const evaluation = await evaluationOf(bucket, name);
  const files = {
    ...(evaluation === undefined
      ? {}
      : { evaluation: place(bucket, config, `${artefactFolder("evaluation", name)}/report.html`) }),
    ...(status === "rejected"
      ? {}
      : {
          recommendations: place(
            bucket,
            config,
            artefactFolder("batch_transform_inference_output", name),
          ),
        }),
  };
  const used = await usedModel(bucket, name);
  const text = [
    verdict(execution, used, await readPromotion(bucket, name)),
    ...(evaluation === undefined ? [] : ["", qualityTable(evaluation, config)]),
    "",
    costTable(execution),
    "",
    ...Object.entries(files).map(([what, where]) => `${TITLES[what] ?? what}  ${where}`),
  ].join("\n");
  const { scorers = [], differences = [], gate = null } = evaluation ?? {};
  const model = used === undefined ? {} : { model: used };
  return { result: { ...execution, ...model, gate, scorers, differences, files }, text };
}

/** An earlier execution's model, and how much of today's data it knows. */
type UsedModel = KnownRows & { readonly execution: string };

async function usedModel(bucket: Bucket, name: string): Promise<UsedModel | undefined> {
  const { model, processed_data } = (await readExecution(bucket, "core", name))!.input.inputs;
  if (model === undefined) return undefined;
  return { execution: model, ...(await knownRows(bucket, { model, data: processed_data! })) };
}

function verdict(
  { status, reason }: ExecutionResult,
  used: UsedModel | undefined,
  promotion: Promotion | undefined,
): string {
  if (promotion !== undefined) {
    return (
      `The model was rejected, and its recommendations are served all the same: ` +
      `${promotion.by} promoted it because "${promotion.reason}".`
    );
  }
  if (status === "rejected") {
    return `The model was REJECTED: ${reason ?? ""}\nNothing was transformed; what was served before is still served.`;
  }
  if (used === undefined) return "The model was selected and its recommendations are served.";
  const { execution, items, knownItems, tokens, knownTokens } = used;
  return (
    `The recommendations of the model of "${execution}" are served. Of ${whole(items)} items it knows ${whole(knownItems)}` +
    (tokens === 0 ? "." : `, of ${whole(tokens)} values of features ${whole(knownTokens)}.`)
  );
}

const TITLES: Readonly<Record<string, string>> = {
  evaluation: "Evaluation     ",
  recommendations: "Recommendations",
};

function costTable({ steps }: ExecutionResult): string {
  const rows = steps.map(({ step, seconds, peakRssBytes }) => [
    step,
    duration(seconds),
    peakRssBytes === null ? "–" : bytes(peakRssBytes),
  ]);
  return table(["STEP", "TIME", "PEAK MEMORY"], rows, "");
}

/** The model against its baselines: means over users with their 95 % intervals. */
function qualityTable(evaluation: Evaluation, config: RecSysConfig): string {
  const { metric, k } = config.evaluation.gate;
  const known = new Set(evaluation.scorers.flatMap(({ metrics }) => Object.keys(metrics)));
  const names = [...new Set([`${metric}@${k}`, `ndcg@${k}`, `recall@${k}`, `hitRate@${k}`])];
  const shown = names.filter((name) => known.has(name));
  const rows = evaluation.scorers.map(({ name, metrics }) => [
    name,
    ...shown.map((key) => {
      const estimate = metrics[key];
      if (estimate === undefined) return "–";
      const { value, low, high } = estimate;
      return `${value.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
    }),
  ]);
  return table(["", ...shown], rows, "");
}

async function evaluationOf(bucket: Bucket, execution: string): Promise<Evaluation | undefined> {
  try {
    return await readEvaluation(bucket, execution);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined; // it used an earlier model
    throw error;
  }
}

async function readJson(bucket: Bucket, path: string): Promise<unknown> {
  return JSON.parse(Buffer.from(await bucket.read(path)).toString("utf8"));
}

function place(bucket: Bucket, config: RecSysConfig, path: string): string {
  return placeWithin(bucket.url, config.bucketPrefix, path);
}
