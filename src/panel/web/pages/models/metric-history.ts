import type { ModelSummary } from "../../../../schema/index.ts";
import { gateMetric } from "./model-words.ts";

interface Point {
  readonly x: string;
  readonly y: number;
}

/** A metric of one model after the other. */
export interface MetricHistory {
  /** Names of the executions, the oldest first. */
  readonly executions: readonly string[];
  readonly value: readonly Point[];
  /** The ends of the 95 % intervals. */
  readonly low: readonly Point[];
  readonly high: readonly Point[];
  /** The best simple method, where it was measured by this metric. */
  readonly baseline: readonly Point[];
  /** What the newest gate asks for by this metric. */
  readonly threshold: number | null;
  readonly lowest: number;
  readonly highest: number;
}

/** So many models at the most; older ones stand in the table. */
const MOST = 40;
const BASELINE_METRIC = "ndcg@10";

/** The metrics that there are, those of the gate first. */
export function metricsOf(models: readonly ModelSummary[]): readonly string[] {
  const first = models.map(gateMetric).find((metric) => metric !== null);
  const names = new Set(models.flatMap(({ metrics }) => Object.keys(metrics)));
  return [...names].sort(
    (a, b) => Number(b === first) - Number(a === first) || a.localeCompare(b, "en"),
  );
}

/**
 * How a metric has moved.
 *
 * @param models - the newest first
 */
export function metricHistory(models: readonly ModelSummary[], metric: string): MetricHistory {
  const measured = models
    .filter(({ metrics }) => metrics[metric] !== undefined)
    .slice(0, MOST)
    .toReversed();
  const pointsOf = (y: (model: ModelSummary) => number | undefined): readonly Point[] =>
    measured.flatMap((model) => {
      const value = y(model);
      return value === undefined ? [] : [{ x: model.execution.name, y: value }];
    });
  const value = pointsOf(({ metrics }) => metrics[metric]?.value);
  const low = pointsOf(({ metrics }) => metrics[metric]?.low);
  const high = pointsOf(({ metrics }) => metrics[metric]?.high);
  const baseline =
    metric === BASELINE_METRIC ? pointsOf(({ bestBaseline }) => bestBaseline?.value) : [];
  const judge = models.find((model) => gateMetric(model) === metric);
  const threshold = judge?.gate?.threshold ?? null;
  const heights = [...value, ...low, ...high, ...baseline].map(({ y }) => y);
  if (threshold !== null) heights.push(threshold);
  const lowest = Math.min(...heights);
  const highest = Math.max(...heights);
  const margin = (highest - lowest || highest || 1) * 0.1;
  return {
    executions: measured.map(({ execution }) => execution.name),
    value,
    low,
    high,
    baseline,
    threshold,
    lowest: Math.max(0, lowest - margin),
    highest: highest + margin,
  };
}
