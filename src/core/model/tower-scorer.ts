import type { Kernels, Matrix } from "../../kernels/index.ts";
import type { Histories, Scorer, Tokens } from "../data/index.ts";
import { idRows, itemTower, tokenRows } from "./item-tower.ts";
import type { Parameters } from "./parameters.ts";
import { flatWeights, orderedWeights } from "./query.ts";
import { Scratch } from "./scratch.ts";
import type { ModelSettings } from "./settings.ts";

/** What a scorer is made from. */
export interface TowerModel {
  readonly parameters: Parameters;
  readonly settings: ModelSettings;
  /** (I) interactions that each item had in training: 0 means known by its features alone. */
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}

/**
 * Scores `cos(q_u, x_i) / τ + β · log(1 + n_i)` for all items.
 *
 * A user without history, or beyond the last, is the cold user: the cosine is 0 and β is at least 1, which makes the
 * softmax of the scores the popularity distribution itself.
 */
export class TowerScorer implements Scorer {
  readonly name: string;
  readonly #model: TowerModel;
  readonly #history: Histories;
  readonly #scratch: Scratch;
  readonly #items: Matrix;
  readonly #zItems: Matrix;
  readonly #recentItems: Matrix | undefined;
  readonly #flatWeights: Float32Array;
  readonly #logPopularity: Float32Array;
  #prior: Float32Array;

  constructor(kernels: Kernels, model: TowerModel, history: Histories, name = "model") {
    const { parameters, popularity } = model;
    this.name = name;
    this.#model = model;
    this.#history = history;
    this.#scratch = new Scratch(kernels);
    const count = popularity.length;
    const size = parameters.embeddingSize;
    this.#items = kernels.matrix(count, size);
    this.#zItems = kernels.matrix(count, size);
    this.#recentItems = parameters.recent && kernels.matrix(count, size);
    this.#flatWeights = flatWeights(popularity);
    this.#logPopularity = Float32Array.from(popularity, (n) => Math.log1p(n));
    this.#prior = kernels.float32(count);
    this.refresh();
  }

  /** Takes in changed parameters or another popularity prior β. */
  refresh(popularityPrior = this.#model.settings.popularityPrior): void {
    const { parameters, popularity, tokens } = this.#model;
    const { kernels } = this.#scratch;
    const all = Uint32Array.from(popularity.keys());
    const ids = idRows(all, (item) => popularity[item] === 0, this.#scratch, "score.ids");
    const features = tokens && tokenRows(all, tokens, this.#scratch, "score.tokens");
    itemTower(kernels, parameters.item, ids, features, this.#items);
    kernels.normaliseRows(
      this.#zItems,
      this.#scratch.float32("score.norms", all.length),
      this.#items,
    );
    if (parameters.recent !== undefined && this.#recentItems !== undefined) {
      itemTower(kernels, parameters.recent, ids, features, this.#recentItems);
    }
    for (let i = 0; i < this.#prior.length; i++)
      this.#prior[i] = popularityPrior * this.#logPopularity[i]!;
  }

  score(users: Uint32Array, scores: Float32Array): void {
    const { kernels } = this.#scratch;
    const items = this.#zItems.rows;
    const z = this.#queries(users);
    const inKernels = scores.buffer instanceof SharedArrayBuffer;
    const values = inKernels
      ? scores.subarray(0, users.length * items)
      : this.#scratch.float32("score.out", users.length * items);
    const out = { rows: users.length, columns: items, values };
    kernels.multiplyTransposed(out, z, this.#zItems);
    kernels.addRow(out, this.#prior, 1 / this.#model.settings.temperature);
    users.forEach((user, r) => {
      if (this.#historyLength(user) === 0)
        this.#scoreCold(values.subarray(r * items, (r + 1) * items));
    });
    if (!inKernels) scores.set(values);
  }

  #scoreCold(scores: Float32Array): void {
    const prior = Math.max(1, this.#model.settings.popularityPrior);
    for (let i = 0; i < scores.length; i++) scores[i] = prior * this.#logPopularity[i]!;
  }

  #queries(users: Uint32Array): Matrix {
    const { kernels } = this.#scratch;
    const size = this.#items.columns;
    const { history: form, historyLength } = this.#model.settings;
    const most = form === "flat" ? Infinity : historyLength;
    const { offsets, itemIndices } = this.#history;
    let count = 0;
    for (const user of users) count += Math.min(most, this.#historyLength(user));
    const starts = this.#scratch.uint32("query.offsets", users.length + 1);
    const indices = this.#scratch.uint32("query.indices", count);
    const weights = this.#scratch.float32("query.weights", count);
    const recentWeights = this.#scratch.float32("query.recent", count);
    let at = 0;
    starts[0] = 0;
    users.forEach((user, r) => {
      const end = offsets[user + 1]!;
      const length = Math.min(most, this.#historyLength(user));
      const ordered = form === "ordered" ? orderedWeights(length) : undefined;
      for (let a = 1; a <= length; a++) {
        const item = itemIndices[end - a]!;
        indices[at] = item;
        weights[at] = ordered === undefined ? this.#flatWeights[item]! : ordered.main[a - 1]!;
        recentWeights[at++] = ordered?.recent[a - 1] ?? 0;
      }
      starts[r + 1] = at;
    });
    const query = this.#scratch.matrix("query.q", users.length, size);
    kernels.gatherSum(query, { offsets: starts, indices, weights }, this.#items);
    if (this.#recentItems !== undefined) {
      const rows = { offsets: starts, indices, weights: recentWeights };
      kernels.gatherSum(query, rows, this.#recentItems, { accumulate: true });
    }
    const z = this.#scratch.matrix("query.z", users.length, size);
    kernels.normaliseRows(z, this.#scratch.float32("query.norms", users.length), query);
    return z;
  }

  #historyLength(user: number): number {
    const { users, offsets } = this.#history;
    return user < users ? offsets[user + 1]! - offsets[user]! : 0;
  }
}
