import type { ModelSummary } from "../../../../schema/index.ts";
import { isClearLead } from "../../../../words/index.ts";
import { figure, percent } from "../../format/numbers.ts";
import { metricName } from "../../format/metric-names.ts";

/** How the model and what it was asked to beat stand to each other, in a sentence. */
export function leadWords({ metrics, bestBaseline }: ModelSummary): string {
  const ndcg = metrics["ndcg@10"];
  if (ndcg === undefined || bestBaseline === null) return "No simple method was compared.";
  const { name, value } = bestBaseline;
  if (value === 0) return `The best simple method, ${name}, finds nothing; the model does better.`;
  const lead = ndcg.value / value - 1;
  const much = percent(Math.abs(lead));
  if (!isClearLead(ndcg, bestBaseline)) {
    return `About as good as the best simple method, ${name}: the difference of ${much} is within what chance explains.`;
  }
  return lead > 0
    ? `${much} better than the best simple method, ${name}.`
    : `${much} worse than the best simple method, ${name}.`;
}

/** The same in the width of a cell: "+6.3 % over item neighbours". */
export function leadFigure({ metrics, bestBaseline }: ModelSummary): string {
  const ndcg = metrics["ndcg@10"];
  if (ndcg === undefined || bestBaseline === null || bestBaseline.value === 0) return "–";
  const lead = ndcg.value / bestBaseline.value - 1;
  return `${lead < 0 ? "−" : "+"}${percent(Math.abs(lead))} against ${bestBaseline.name}`;
}

/** Up to this far from 1 the probabilities are as good as right. */
const SLIGHT = 0.1;

/** Whether the probabilities can be taken at their word. */
export function calibrationWords(calibration: number | null): string {
  if (calibration === null) return "Whether the probabilities come true was not measured.";
  const off = Math.abs(calibration - 1);
  if (off <= SLIGHT) {
    return "The probabilities come true: of what is recommended with 10 %, about 10 % happens.";
  }
  const happens = percent(0.1 / calibration, 1);
  return calibration > 1
    ? `The probabilities promise too much: of what is recommended with 10 %, about ${happens} happens.`
    : `The probabilities promise too little: of what is recommended with 10 %, about ${happens} happens.`;
}

/** What became of a model. */
export type Fate = "served" | "promoted" | "passed" | "rejected" | "failed" | "unfinished";

/** Judges by the gate and by what happened after it. */
export function fateOf({ execution, gate, promotion }: ModelSummary): Fate {
  if (execution.current) return "served";
  if (promotion !== null) return "promoted";
  if (gate !== null && !gate.selected) return "rejected";
  switch (execution.status) {
    case "succeeded":
      return "passed";
    case "failed":
    case "aborted":
      return "failed";
    case "running":
    case "interrupted":
      return "unfinished";
  }
}

/** A condition of the gate: "passed: ndcg@10 0.1936 reaches the threshold 0.1500". */
export function conditionOf(reason: string): {
  readonly isMet: boolean | null;
  readonly words: string;
} {
  const [, verdict, words] = /^(passed|failed): (.*)$/s.exec(reason) ?? [];
  if (verdict === undefined || words === undefined) return { isMet: null, words: reason };
  return { isMet: verdict === "passed", words };
}

/** The metric that the gate judged by; null where none has judged. */
export function gateMetric({ gate }: ModelSummary): string | null {
  return gate?.metric ?? null;
}

/** What the gate looks at: "NDCG@10, at least 0.1500". */
export function gateWords({ metric, threshold }: NonNullable<ModelSummary["gate"]>): string {
  const name = metricName(metric);
  return threshold === null
    ? `${name}, without a threshold`
    : `${name}, at least ${figure(threshold)}`;
}
