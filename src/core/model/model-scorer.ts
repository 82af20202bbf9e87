import type { Kernels, Matrix } from "../../kernels/index.ts";
import type { Histories, Scorer } from "../data/index.ts";
import { type Branches, makeBranches } from "./branches.ts";
import type { FittedModel } from "./fitted-model.ts";
import { Scratch } from "../rows/scratch.ts";
import { weighed } from "./pair-weights.ts";
import { type Blend, type BranchName, BRANCHES } from "./settings.ts";
import { Towers } from "./towers.ts";

/** What a block of users' scores is blended from. */
export interface ScoreParts {
  /** (B) */
  readonly users: Uint32Array;
  /** (B, I) */
  readonly cosines: Matrix;
  /** (B, I) of each branch: log(1 + e_ui / mean_i e_ui) */
  readonly evidence: ReadonlyMap<BranchName, Matrix>;
}

/** A branch counts from this share of its mean evidence on; measured on three data sets (docs/model.md). */
const EVIDENCE_FLOOR = 0.3;

/**
 * Scores `cos(x_u, x_i) / τ + β · log(1 + n_i) + Σ_branches w · log(1 + e_ui / mean_i e_ui)` for all items.
 *
 * A user without history, or beyond the last, is the cold user: nothing is known but popularity, and β is at least
 * 1, which makes the softmax of the scores the popularity distribution itself.
 */
export class ModelScorer implements Scorer {
  readonly name: string;
  readonly #model: FittedModel;
  readonly #history: Histories;
  readonly #towers: Towers;
  readonly #branches: Branches;
  readonly #scratch: Scratch;
  readonly #logPopularity: Float32Array;
  readonly #prior: Float32Array;

  /** Branches that are not given are made from the history, those of them that the model's blend uses. */
  constructor(
    kernels: Kernels,
    model: FittedModel,
    history: Histories,
    { name = "model", branches }: { readonly name?: string; readonly branches?: Branches } = {},
  ) {
    this.name = name;
    this.#model = model;
    this.#history = history;
    this.#towers = new Towers(kernels, model, history);
    const used = BRANCHES.filter((branch) => model.settings.blend.branches[branch] > 0);
    this.#branches =
      branches ?? makeBranches(kernels, weighed(history, model.settings), model.tokens, used);
    this.#scratch = new Scratch(kernels);
    this.#logPopularity = Float32Array.from(model.popularity, (n) => Math.log1p(n));
    this.#prior = kernels.float32(model.popularity.length);
  }

  /** Takes in changed parameters. */
  refresh(): void {
    this.#towers.refresh();
  }

  /** As every scorer; `of` says whose histories the users are of, by default those that it was opened with. */
  score(users: Uint32Array, scores: Float32Array, of = this.#history): void {
    const inKernels = scores.buffer instanceof SharedArrayBuffer;
    const length = users.length * this.#prior.length;
    const values = inKernels
      ? scores.subarray(0, length)
      : this.#scratch.float32("score.out", length);
    const out = { rows: users.length, columns: this.#prior.length, values };
    this.combine(this.parts(users, of), this.#model.settings.blend, out, of);
    if (!inKernels) scores.set(values);
  }

  /** Everything that the users' scores are made of, in buffers that the next call overwrites. */
  parts(users: Uint32Array, of = this.#history): ScoreParts {
    const matrix = (name: string): Matrix =>
      this.#scratch.matrix(`parts.${name}`, users.length, this.#prior.length);
    const cosines = matrix("cosines");
    this.#towers.cosines(users, cosines, of);
    const weighedRows = of === this.#history ? undefined : weighed(of, this.#model.settings);
    const evidence = new Map<BranchName, Matrix>();
    for (const [name, branch] of this.#branches) {
      const out = matrix(name);
      branch.gather(users, out, weighedRows);
      this.#scratch.kernels.logEvidence(out, EVIDENCE_FLOOR);
      evidence.set(name, out);
    }
    return { users, cosines, evidence };
  }

  /** Blends the parts into scores, (B, I). */
  combine(
    { users, cosines, evidence }: ScoreParts,
    blend: Blend,
    out: Matrix,
    of = this.#history,
  ): void {
    const { kernels } = this.#scratch;
    const items = this.#prior.length;
    for (let i = 0; i < items; i++) {
      this.#prior[i] = blend.popularityPrior * this.#logPopularity[i]!;
    }
    kernels.addRow(out, this.#prior, 1 / this.#model.settings.temperature, cosines);
    for (const [name, values] of evidence) {
      const weight = blend.branches[name];
      if (weight > 0) kernels.addScaled(out, values, weight);
    }
    const coldPrior = Math.max(1, blend.popularityPrior);
    users.forEach((user, r) => {
      if (!isCold(user, of)) return;
      const row = out.values.subarray(r * items, (r + 1) * items);
      for (let i = 0; i < items; i++) row[i] = coldPrior * this.#logPopularity[i]!;
    });
  }
}

function isCold(user: number, { users, offsets }: Histories): boolean {
  return user >= users || offsets[user + 1] === offsets[user];
}
