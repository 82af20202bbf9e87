import type { RecSysConfig } from "../../../../schema/index.ts";
import type { DataCounts } from "./data-counts.ts";
import { judgedPairs, pairs, ROUNDS, type Step, STEPS } from "./growth.ts";

/** Whose instances a step has, and whether all of them share its work or one does it. */
interface StepInstances {
  readonly of: keyof RecSysConfig["instances"];
  readonly isShared: boolean;
}

const INSTANCES: Readonly<Record<Step, StepInstances>> = {
  Collect: { of: "collector", isShared: true },
  Assemble: { of: "collector", isShared: false },
  Train: { of: "training", isShared: false },
  EvaluatedRound: { of: "training", isShared: true },
  Evaluate: { of: "evaluation", isShared: true },
  Compare: { of: "evaluation", isShared: false },
  ServedRound: { of: "training", isShared: true },
  Refit: { of: "training", isShared: false },
  Transform: { of: "transform", isShared: true },
  Merge: { of: "transform", isShared: false },
};

/** Steps that are there only where several instances share what one would do: what they leave is joined, a fit goes in rounds. */
const ONLY_SHARED: readonly Step[] = ["Assemble", ...ROUNDS];

/** The steps that a configuration has and that take time; after rounds Refit only gathers what they have left. */
export function stepsOf({ instances }: RecSysConfig): readonly Step[] {
  const isDone = (step: Step): boolean => {
    const isShared = instances[INSTANCES[step].of].instanceCount > 1;
    if (step === "Refit") return !isShared;
    return isShared || !ONLY_SHARED.includes(step);
  };
  return STEPS.filter(isDone);
}

/** The type and the number of a step's instances. */
export function instancesOf(
  step: Step,
  { instances }: RecSysConfig,
): { readonly type: string; readonly count: number } {
  const { of, isShared } = INSTANCES[step];
  const { instanceType, instanceCount } = instances[of];
  return { type: instanceType, count: isShared ? instanceCount : 1 };
}

/**
 * The seconds of each of `count` instances that share a step, over those of one that does it alone: what does not
 * divide, every instance does (docs/scale.md).
 */
export function timeShare(step: Step, count: number, counts: DataCounts): number {
  switch (step) {
    case "Collect":
      return count === 1 ? 1 : COLLECT.fixed + COLLECT.divided / count; // the rest is left to Assemble
    case "Evaluate":
      return divided(44 + (1.6 * counts.rows) / 1e6, (17 * judgedPairs(counts)) / 1e9, count);
    case "Transform":
      return divided(30, (14.5 * pairs(counts)) / 1e9, count);
    case "EvaluatedRound":
    case "ServedRound":
      return 1 / Math.sqrt(count); // √N times the epochs, an N-th of the users (docs/model.md)
    case "Assemble":
    case "Train":
    case "Compare":
    case "Refit":
    case "Merge":
      return 1;
  }
}

/** Of what one instance takes for everything: finding its lines, and reading and checking all of them. */
const COLLECT = { fixed: 0.13, divided: 0.36 };

function divided(fixed: number, shared: number, count: number): number {
  return (fixed + shared / count) / (fixed + shared);
}
