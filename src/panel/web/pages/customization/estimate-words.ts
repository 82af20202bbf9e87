import type { StackName, StepEstimate } from "../../../../schema/index.ts";

/** What the steps of a stack will take together, as far as it is known. */
export interface EstimateTotal {
  readonly seconds: number | null;
  readonly usd: number | null;
  /** Is a step left out of the sums, since nothing is known of it? */
  readonly isPartial: boolean;
}

/** The estimates of a stack's steps. */
export function estimatesOf(
  stack: StackName,
  estimates: readonly StepEstimate[],
): readonly StepEstimate[] {
  return estimates.filter((estimate) => estimate.stack === stack);
}

/** Sums of what is known; `null` where nothing is. */
export function totalOf(estimates: readonly StepEstimate[]): EstimateTotal {
  const seconds = estimates.flatMap((estimate) => estimate.seconds ?? []);
  const usd = estimates.flatMap((estimate) => estimate.usd ?? []);
  return {
    seconds: seconds.length === 0 ? null : sum(seconds),
    usd: usd.length === 0 ? null : sum(usd),
    isPartial: seconds.length < estimates.length || usd.length < estimates.length,
  };
}

/** What the steps took together when they were executed last; `null` where they were not. */
export function lastOf(estimates: readonly StepEstimate[]): StepEstimate["last"] {
  const known = estimates.flatMap(({ last }) => last ?? []);
  const [first] = known;
  if (first === undefined) return null;
  const usd = known.flatMap((one) => one.usd ?? []);
  return {
    execution: first.execution,
    seconds: sum(known.map(({ seconds }) => seconds)),
    usd: usd.length === 0 ? null : sum(usd),
  };
}

/** Every assumption once, in the order of the steps, with the steps that rest on it. */
export function assumptionsOf(
  estimates: readonly StepEstimate[],
): readonly { readonly assumption: string; readonly steps: readonly string[] }[] {
  const steps = new Map<string, string[]>();
  for (const { step, assumptions } of estimates) {
    for (const assumption of assumptions) {
      steps.set(assumption, [...(steps.get(assumption) ?? []), step]);
    }
  }
  return [...steps].map(([assumption, of]) => ({ assumption, steps: of }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
