import { type Execution, readEvaluationRecord } from "../../../../recipe/index.ts";
import {
  type ExecutionComparison,
  type ExecutionSummary,
  type RecSysConfig,
  SETTINGS,
} from "../../../../schema/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest } from "../../../../storage/index.ts";
import { compareTop10 } from "./top10.ts";

/** A core execution and its row. */
export interface Compared {
  readonly execution: Execution;
  readonly summary: ExecutionSummary;
}

/** What differs between two core executions: their data, how good they are, how they were set, whom it changes. */
export async function compareExecutions(
  bucket: Bucket,
  a: Compared,
  b: Compared,
): Promise<ExecutionComparison> {
  const both = [a.execution, b.execution];
  const counts = await Promise.all(both.map((execution) => dataCounts(bucket, execution)));
  const metrics = await Promise.all(both.map((execution) => metricsOf(bucket, execution)));
  return {
    executions: [a.summary, b.summary],
    data: namesOf(counts).map((name) => ({
      name,
      values: counts.map((values) => values[name] ?? null),
    })),
    metrics: namesOf(metrics).map((name) => ({
      name,
      estimates: metrics.map((estimates) => estimates[name] ?? null),
    })),
    settings: differingSettings(a.execution.config, b.execution.config),
    top10: await compareTop10(bucket, a.execution.name, b.execution.name),
  };
}

/** What was counted of the data that it read: every whole number in their manifest, `rowsByPart.train` and such too. */
async function dataCounts(bucket: Bucket, { input }: Execution): Promise<Record<string, number>> {
  const { processed_data } = input.inputs;
  if (processed_data === undefined) return {};
  try {
    const { content } = await readManifest(bucket, "processed_data", processed_data);
    return Object.fromEntries(
      COUNTS.flatMap((name) => {
        const value = name
          .split(".")
          .reduce<unknown>(
            (part, key) => (part as Record<string, unknown> | undefined)?.[key],
            content,
          );
        return typeof value === "number" ? [[name, value] as const] : [];
      }),
    );
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return {}; // no longer kept
    throw error;
  }
}

const COUNTS = [
  "users",
  "items",
  "rows",
  "rejectedRows",
  "rowsByPart.train",
  "rowsByPart.validation",
  "rowsByPart.test",
  "itemTokens",
  "userTokens",
];

async function metricsOf(bucket: Bucket, { name, config }: Execution) {
  return (await readEvaluationRecord(bucket, name, config))?.metrics ?? {};
}

function namesOf(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function differingSettings(a: RecSysConfig, b: RecSysConfig): ExecutionComparison["settings"] {
  return SETTINGS.flatMap(({ path }) => {
    const values = [a, b].map((config) => valueAt(config, path) ?? null);
    const isSame = JSON.stringify(values[0]) === JSON.stringify(values[1]);
    return isSame ? [] : [{ path: path.join("."), values }];
  });
}

function valueAt(config: RecSysConfig, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<string, unknown> | undefined)?.[key],
    config,
  );
}
