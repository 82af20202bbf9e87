import type { Kernels } from "../../kernels/index.ts";
import type { HeldOut, Histories } from "../data/index.ts";
import { makeBranches } from "../model/branches.ts";
import type { FittedModel } from "../model/fitted-model.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import { weighed } from "../model/pair-weights.ts";
import { Scratch } from "../rows/scratch.ts";
import type { Blend, BranchName } from "../model/settings.ts";
import { decidingUsers, ndcgOfBlends, validationUsers } from "./validation.ts";

/** β candidates: how much of the popularity that the shared negatives take out is put back. */
export const POPULARITY_PRIORS = [0, 0.15, 0.3, 0.5, 0.7, 0.9];
const BRANCH_WEIGHTS = [0, 0.15, 0.3, 0.6, 1, 1.5, 2.2, 3, 4];
/** Every weight is looked at this often, since the best of one depends on the others. */
const ROUNDS = 2;
/** A branch comes in only for a gain of this factor: less is chance. */
const LEAST_GAIN = 1.002;

export const NO_BRANCHES: Blend["branches"] = { linear: 0, transition: 0, content: 0 };

/** A blend and what it reached. */
export interface JudgedBlend {
  readonly blend: Blend;
  readonly ndcg: number;
}

/**
 * Finds the weights of popularity and of the branches beside trained towers, one weight after the other, on
 * validation rows.
 *
 * The model's towers have not seen the validation rows.
 *
 * @returns the best blend, and every one that was better than those before
 */
export function pickBlend(
  kernels: Kernels,
  model: FittedModel,
  { train, validation }: { readonly train: Histories; readonly validation: HeldOut },
): readonly JudgedBlend[] {
  const mark = kernels.mark();
  const branches = makeBranches(kernels, weighed(train, model.settings), model.tokens);
  const scorer = new ModelScorer(kernels, model, train, { branches });
  const scratch = new Scratch(kernels);
  const users = validationUsers(train, validation, decidingUsers(train.items), model.settings.seed);
  const judge = (blends: readonly Blend[]) =>
    ndcgOfBlends(scorer, blends, train, validation, users, scratch);

  const start = model.settings.blend;
  const improved: JudgedBlend[] = [{ blend: start, ndcg: judge([start])[0]! }];
  const tryAll = (blends: readonly Blend[]): void => {
    const judged = judge(blends);
    const best = judged.indexOf(Math.max(...judged));
    if (judged[best]! > improved.at(-1)!.ndcg * LEAST_GAIN) {
      improved.push({ blend: blends[best]!, ndcg: judged[best]! });
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    const before = improved.length;
    for (const name of branches.keys()) {
      const { blend } = improved.at(-1)!;
      tryAll(BRANCH_WEIGHTS.map((weight) => withBranch(blend, name, weight)));
    }
    const { blend } = improved.at(-1)!;
    tryAll(POPULARITY_PRIORS.map((popularityPrior) => ({ ...blend, popularityPrior })));
    if (improved.length === before) break;
  }
  kernels.reset(mark);
  return improved;
}

function withBranch(blend: Blend, name: BranchName, weight: number): Blend {
  return { ...blend, branches: { ...blend.branches, [name]: weight } };
}
