import { z } from "zod";

import { readEvaluation } from "../core/index.ts";
import {
  Estimate,
  Estimates,
  type Evaluation,
  GateDecision,
  type RecSysConfig,
} from "../schema/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest } from "../storage/index.ts";
import { executionPaths, readText } from "./execution-record.ts";
import { Promotion, readPromotion } from "./promotion.ts";

/**
 * `executions/core/<name>/evaluation.json`: what an evaluation came to, in short. It stays when the evaluation itself
 * is one of those that are no longer kept.
 */
export const EvaluationRecord = z.strictObject({
  /** Of the model. */
  metrics: Estimates,
  /** The baseline that is best by NDCG@10, and the model's lead over it, paired by user; records of before have none. */
  bestBaseline: z
    .strictObject({ name: z.string(), value: z.number(), lead: Estimate.optional() })
    .nullable(),
  gate: GateDecision,
  threshold: z.number().nullable(),
  /** Predicted over observed probability of the novel top k of all users. */
  calibration: z.number().nullable(),
  promotion: Promotion.nullable(),
  dataCreatedAt: z.string().nullable(),
});
export type EvaluationRecord = z.infer<typeof EvaluationRecord>;

/** An execution's evaluation in short, `undefined` where nothing was evaluated, or only its name has stayed. */
export async function readEvaluationRecord(
  bucket: Bucket,
  execution: string,
  config: RecSysConfig,
): Promise<EvaluationRecord | undefined> {
  return (await fromEvaluation(bucket, execution, config)) ?? (await kept(bucket, execution));
}

/** Keeps an execution's evaluation in short, if it has one. */
export async function keepEvaluationRecord(
  bucket: Bucket,
  execution: string,
  config: RecSysConfig,
): Promise<void> {
  const record = await fromEvaluation(bucket, execution, config);
  if (record !== undefined) await bucket.write(pathOf(execution), JSON.stringify(record, null, 2));
}

async function kept(bucket: Bucket, execution: string): Promise<EvaluationRecord | undefined> {
  const text = await readText(bucket, pathOf(execution));
  return text === undefined ? undefined : EvaluationRecord.parse(JSON.parse(text));
}

async function fromEvaluation(
  bucket: Bucket,
  execution: string,
  config: RecSysConfig,
): Promise<EvaluationRecord | undefined> {
  const evaluation = await orMissing(readEvaluation(bucket, execution));
  if (evaluation === undefined) return undefined;
  const { processed_data } = (await readManifest(bucket, "evaluation", execution)).inputs;
  const data =
    processed_data === undefined
      ? undefined
      : await orMissing(readManifest(bucket, "processed_data", processed_data));
  const { scorers, gate, calibration } = evaluation;
  const all = calibration?.groups.all;
  return {
    metrics: scorers.find(({ role }) => role === "model")?.metrics ?? {},
    bestBaseline: bestBaseline(evaluation),
    gate,
    threshold: config.evaluation.gate.threshold ?? null,
    calibration: all == null || all.observed === 0 ? null : all.predicted / all.observed,
    promotion: (await readPromotion(bucket, execution)) ?? null,
    dataCreatedAt: data?.createdAt ?? null,
  };
}

function bestBaseline({ scorers, differences }: Evaluation): EvaluationRecord["bestBaseline"] {
  const measured = scorers.flatMap(({ name, role, metrics }) => {
    const value = metrics["ndcg@10"]?.value;
    return role === "baseline" && value !== undefined ? [{ name, value }] : [];
  });
  const best = measured.toSorted((a, b) => b.value - a.value)[0];
  if (best === undefined) return null;
  const lead = differences.find(({ against }) => against === best.name)?.metrics["ndcg@10"];
  return { ...best, ...(lead === undefined ? {} : { lead }) };
}

async function orMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

function pathOf(execution: string): string {
  return `${executionPaths("core", execution).folder}/evaluation.json`;
}
