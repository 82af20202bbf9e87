import { type Kernels, type Matrix, type PackedMatrix, subMatrix } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { FittedModel } from "./fitted-model.ts";
import { historyRows } from "../rows/history-rows.ts";
import { idRows, itemTower, tokenRows } from "./item-tower.ts";
import { passHead } from "./query-head.ts";
import { flatWeights, orderedWeights, type QueryWeights } from "./query.ts";
import { Scratch } from "../rows/scratch.ts";

/** Items normalised at a time, a multiple of the 16 that are packed together. */
const BLOCK = 4096;

/** The two towers of a model, ready to compare users with all items. */
export class Towers {
  readonly #model: FittedModel;
  readonly #history: Histories;
  readonly #scratch: Scratch;
  readonly #items: Matrix;
  /** The items, each of length 1. */
  readonly #zItems: PackedMatrix;
  readonly #recentItems: Matrix | undefined;
  readonly #flatWeights: Float32Array;
  readonly #orderedWeights: readonly QueryWeights[];

  constructor(kernels: Kernels, model: FittedModel, history: Histories) {
    const { parameters, popularity, settings } = model;
    this.#model = model;
    this.#history = history;
    this.#scratch = new Scratch(kernels);
    const count = popularity.length;
    const size = parameters.embeddingSize;
    this.#items = kernels.matrix(count, size);
    this.#zItems = kernels.packedMatrix(count, size);
    this.#recentItems = parameters.recent && kernels.matrix(count, size);
    this.#flatWeights = flatWeights(popularity);
    this.#orderedWeights = Array.from({ length: settings.historyLength + 1 }, (_, length) =>
      orderedWeights(length),
    );
    this.refresh();
  }

  /** Takes in changed parameters. */
  refresh(): void {
    const { parameters, popularity, tokens } = this.#model;
    const { kernels } = this.#scratch;
    const all = Uint32Array.from(popularity.keys());
    // Of an item without training interactions only the features are known: its ID row is noise.
    const isNoise = (item: number): boolean => parameters.noisy && popularity[item] === 0;
    const ids = idRows(all, isNoise, this.#scratch, "towers.ids");
    const features = tokens && tokenRows(all, tokens, this.#scratch, "towers.tokens");
    itemTower(kernels, parameters.item, ids, features, this.#items);
    for (let start = 0; start < all.length; start += BLOCK) {
      const block = subMatrix(this.#items, Math.min(BLOCK, all.length - start), start);
      const z = this.#scratch.matrix("towers.zItems", block.rows, block.columns);
      kernels.normaliseRows(z, this.#scratch.float32("towers.norms", block.rows), block);
      kernels.pack(this.#zItems, z, start);
    }
    if (parameters.recent !== undefined && this.#recentItems !== undefined) {
      itemTower(kernels, parameters.recent, ids, features, this.#recentItems);
    }
  }

  /**
   * cos(x_u, x_i) of each of the users with every item.
   *
   * @param users - (B) user indices; the cosines of one without a history are 0
   * @param out - (B, I)
   * @param of - whose histories the users are of; by default those that the towers were opened with
   */
  cosines(users: Uint32Array, out: Matrix, of = this.#history): void {
    this.#scratch.kernels.multiplyPacked(out, this.#queries(users, of), this.#zItems);
  }

  /** (B, D), each of length 1, or 0 without a history. */
  #queries(users: Uint32Array, histories: Histories): Matrix {
    const { kernels } = this.#scratch;
    const size = this.#items.columns;
    const { history: form, historyLength } = this.#model.settings;
    const query = this.#scratch.matrix("towers.query", users.length, size);
    const rows = (latest: number, name: string, of: Parameters<typeof historyRows>[3]) =>
      historyRows(histories, users, latest, of, this.#scratch, `towers.${name}`);
    if (form === "flat") {
      const all = rows(Infinity, "history", (item) => this.#flatWeights[item]!);
      kernels.gatherSum(query, all, this.#items);
    } else {
      const weights = this.#orderedWeights;
      const main = rows(historyLength, "history", (_, age, n) => weights[n]!.main[age - 1]!);
      kernels.gatherSum(query, main, this.#items);
      if (this.#recentItems !== undefined) {
        const recent = rows(historyLength, "recent", (_, age, n) => weights[n]!.recent[age - 1]!);
        kernels.gatherSum(query, recent, this.#recentItems, { accumulate: true });
      }
    }
    const z = this.#scratch.matrix("towers.z", users.length, size);
    const lengths = this.#scratch.float32("towers.queryNorms", users.length);
    kernels.normaliseRows(z, lengths, query);
    const { head } = this.#model.parameters;
    if (head === undefined) return z;
    passHead(head, z, query, this.#scratch);
    kernels.normaliseRows(z, lengths, query);
    return z;
  }
}
