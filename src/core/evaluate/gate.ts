import type {
  Difference,
  EvaluationConfig,
  GateDecision,
  ScorerEvaluation,
} from "../../schema/index.ts";
import { nameOf } from "./comparison.ts";

/** The scorer that the default gate compares with. */
export const POPULARITY_BASELINE = "popular";

/**
 * May the model be served (Q62, A10)?
 *
 * The metric must reach the threshold or, without one, the popularity baseline and be above 0. And unless
 * that comparison is switched off, it must not be below what is served now by more than chance explains:
 * the paired 95 % interval of the difference must not lie wholly below 0.
 */
export function gate(
  config: EvaluationConfig["gate"],
  scorers: readonly ScorerEvaluation[],
  differences: readonly Difference[],
): GateDecision {
  const metric = nameOf(config);
  const model = scorers.find(({ role }) => role === "model")?.metrics[metric]?.value;
  if (model === undefined) {
    const reasons = [`${metric} cannot be measured: no user has a held-out relevant item`];
    return { metric, selected: false, reasons };
  }
  const conditions = [
    ...(config.threshold === undefined
      ? againstPopularity(metric, model, scorers)
      : [aboutThreshold(metric, model, config.threshold)]),
    ...(config.compareWithServed ? againstServed(metric, scorers, differences) : []),
  ];
  return {
    metric,
    selected: conditions.every(({ met }) => met),
    reasons: conditions.map(({ met, says }) => `${met ? "passed" : "failed"}: ${says}`),
  };
}

interface Condition {
  readonly met: boolean;
  readonly says: string;
}

function aboutThreshold(metric: string, model: number, threshold: number): Condition {
  const met = model >= threshold;
  const verb = met ? "reaches" : "is below";
  return { met, says: `${metric} ${digits(model)} ${verb} the threshold ${digits(threshold)}` };
}

function againstPopularity(
  metric: string,
  model: number,
  scorers: readonly ScorerEvaluation[],
): readonly Condition[] {
  const popular = scorers.find(({ name }) => name === POPULARITY_BASELINE)?.metrics[metric]?.value;
  const aboveZero: Condition = {
    met: model > 0,
    says: `${metric} ${digits(model)} is ${model > 0 ? "" : "not "}above 0`,
  };
  if (popular === undefined) return [aboveZero];
  const met = model >= popular;
  const verb = met ? "reaches" : "is below";
  return [
    aboveZero,
    {
      met,
      says: `${metric} ${digits(model)} ${verb} the popularity baseline's ${digits(popular)}`,
    },
  ];
}

function againstServed(
  metric: string,
  scorers: readonly ScorerEvaluation[],
  differences: readonly Difference[],
): readonly Condition[] {
  const served = scorers.find(({ role }) => role === "served");
  const lead = differences.find(({ against }) => against === served?.name)?.metrics[metric];
  if (lead === undefined) return [];
  const met = lead.high >= 0;
  const interval = `${digits(lead.value)}, 95 % interval ${digits(lead.low)} to ${digits(lead.high)}`;
  return [
    {
      met,
      says: met
        ? `${metric} is not below the served configuration's by more than chance (difference ${interval})`
        : `${metric} is below the served configuration's (difference ${interval})`,
    },
  ];
}

function digits(value: number): string {
  return value.toFixed(4);
}
