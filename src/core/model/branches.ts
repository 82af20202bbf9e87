import type { Kernels } from "../../kernels/index.ts";
import type { Histories, Tokens } from "../data/index.ts";
import {
  contentEvidence,
  type Evidence,
  linearEvidence,
  transitionEvidence,
} from "../neighbours/index.ts";
import { BRANCHES, type BranchName } from "./settings.ts";

/** The statistics of the interactions that stand beside the towers. */
export type Branches = ReadonlyMap<BranchName, Evidence>;

/**
 * Makes the branches that these data can have: no transitions without an order, no content without features.
 *
 * They are counted, not trained, so wherever a model is opened they are made anew from the histories.
 */
export function makeBranches(
  kernels: Kernels,
  history: Histories,
  tokens: Tokens | undefined,
  wanted: readonly BranchName[] = BRANCHES,
): Branches {
  const made = new Map<BranchName, Evidence>();
  if (wanted.includes("linear")) made.set("linear", linearEvidence(kernels, history));
  if (wanted.includes("transition") && history.timestamps !== undefined) {
    made.set("transition", transitionEvidence(kernels, history));
  }
  if (wanted.includes("content") && tokens !== undefined) {
    made.set("content", contentEvidence(kernels, history, tokens));
  }
  return made;
}
