import type { Histories } from "../data/index.ts";
import type { ModelSettings } from "./settings.ts";

/** The histories as a model with these settings weighs them. */
export function weighed(
  history: Histories,
  { pairWeights }: Pick<ModelSettings, "pairWeights">,
): Histories {
  if (pairWeights === "graded") return history;
  return { ...history, weights: new Float32Array(history.weights.length).fill(1) };
}
