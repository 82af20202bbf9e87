import type { Estimate, Evaluation, ScorerEvaluation } from "../../../schema/index.ts";

/** Who is ahead, by the gate's metric. */
export interface Standings {
  readonly model: ScorerEvaluation;
  /** The baseline that is the hardest to beat. */
  readonly bestBaseline: ScorerEvaluation | undefined;
  /** All scorers, the best first; of equals the one named first. */
  readonly order: readonly ScorerEvaluation[];
}

/** Orders the scorers. */
export function standings({ scorers, gate }: Evaluation): Standings {
  const valueOf = ({ metrics }: ScorerEvaluation) => metrics[gate.metric]?.value ?? 0;
  const order = [...scorers].sort((a, b) => valueOf(b) - valueOf(a));
  return {
    model: scorers.find(({ role }) => role === "model")!,
    bestBaseline: order.find(({ role }) => role === "baseline"),
    order,
  };
}

/** The model's paired lead over another scorer. */
export function leadOver(
  { differences }: Evaluation,
  other: string,
  metric: string,
): Estimate | undefined {
  return differences.find(({ against }) => against === other)?.metrics[metric];
}

/** What a paired interval says of the model: chance explains a difference whose interval holds 0. */
export type Relation = "ahead" | "level" | "behind";

/** Reads a difference. */
export function relationOf({ low, high }: Pick<Estimate, "low" | "high">): Relation {
  if (low > 0) return "ahead";
  return high < 0 ? "behind" : "level";
}

/** Length of the lists that the gate looks at. */
export function gateLength({ gate }: Evaluation): number {
  return Number(gate.metric.split("@")[1]);
}
