import type { Random } from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import { orderedWeights, type QueryWeights } from "../model/query.ts";
import type { Scratch } from "../rows/scratch.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { NegativeSampler } from "./negatives.ts";
import type { WeightedRows } from "../rows/weighted-rows.ts";
import type { TrainingRows } from "./rows.ts";

/**
 * One step's question, with the items renumbered so that only those that occur are computed:
 * R rows; L local items, of which the first N are the shared negatives and the first P candidates
 * (negatives and positives), the rest occurring in histories only.
 */
export interface Batch {
  readonly rows: number;
  /** (L) local → item index */
  readonly items: Uint32Array;
  readonly negatives: number;
  readonly candidates: number;
  /** (R) rows of local items with the query's weights */
  readonly history: WeightedRows;
  /** The weights of the same entries under the recent kernel; `ordered` only. */
  readonly recentWeights: Float32Array | undefined;
  /** (R) rows of local items < P with their loss weights */
  readonly positives: WeightedRows;
  /** (R) rows of negatives that the user has interacted with: no negatives of this user */
  readonly masked: { readonly offsets: Uint32Array; readonly indices: Uint32Array };
}

/** Turns training rows into batches; holds the buffers that batches reuse. */
export class BatchBuilder {
  readonly #history: Histories;
  readonly #settings: ModelSettings;
  readonly #sampler: NegativeSampler;
  readonly #scratch: Scratch;
  readonly #flatWeights: Float32Array;
  readonly #kernels: readonly QueryWeights[];
  readonly #localOf: Int32Array;
  #items: Uint32Array;
  #itemCount = 0;

  constructor(
    history: Histories,
    flatWeights: Float32Array,
    settings: ModelSettings,
    sampler: NegativeSampler,
    scratch: Scratch,
  ) {
    this.#history = history;
    this.#settings = settings;
    this.#sampler = sampler;
    this.#scratch = scratch;
    this.#flatWeights = flatWeights;
    this.#kernels = Array.from({ length: settings.historyLength + 1 }, (_, n) => orderedWeights(n));
    this.#localOf = new Int32Array(history.items).fill(-1);
    this.#items = new Uint32Array(history.items);
  }

  /** The batch of rows [start, end). Its arrays are overwritten by the next call. */
  build(rows: TrainingRows, start: number, end: number, random: Random): Batch {
    for (let l = 0; l < this.#itemCount; l++) this.#localOf[this.#items[l]!] = -1;
    this.#itemCount = 0;
    const negatives = this.#sampler.count;
    const drawn = this.#scratch.uint32("batch.drawn", negatives);
    this.#sampler.draw(drawn, random);
    for (const item of drawn) this.#local(item);

    const masked = this.#masked(rows, start, end, negatives);
    const positives = this.#positives(rows, start, end);
    const candidates = this.#itemCount;
    const { history, recentWeights } = this.#queries(rows, start, end);
    const items = this.#scratch.uint32("batch.items", this.#itemCount);
    items.set(this.#items.subarray(0, this.#itemCount));
    return {
      rows: end - start,
      items,
      negatives,
      candidates,
      history,
      recentWeights,
      positives,
      masked,
    };
  }

  #local(item: number): number {
    const known = this.#localOf[item]!;
    if (known >= 0) return known;
    this.#items[this.#itemCount] = item;
    return (this.#localOf[item] = this.#itemCount++);
  }

  #masked(rows: TrainingRows, start: number, end: number, negatives: number): Batch["masked"] {
    const { offsets, itemIndices } = this.#history;
    let most = 0;
    for (let r = start; r < end; r++) most += this.#length(rows.user[r]!);
    const out = this.#scratch.uint32("batch.masked", most);
    const ends = this.#scratch.uint32("batch.masked.offsets", end - start + 1);
    let count = 0;
    ends[0] = 0;
    for (let r = start; r < end; r++) {
      const u = rows.user[r]!;
      for (let p = offsets[u]!; p < offsets[u + 1]!; p++) {
        const local = this.#localOf[itemIndices[p]!]!;
        if (local >= 0 && local < negatives) out[count++] = local;
      }
      ends[r - start + 1] = count;
    }
    return { offsets: ends, indices: out.subarray(0, count) };
  }

  #positives(rows: TrainingRows, start: number, end: number): WeightedRows {
    const { offsets, itemIndices, weights } = this.#history;
    const flat = this.#settings.history === "flat";
    let count = 0;
    for (let r = start; r < end; r++) count += flat ? this.#length(rows.user[r]!) : 1;
    const out = this.#sparse("batch.positives", end - start, count);
    let at = 0;
    for (let r = start; r < end; r++) {
      const u = rows.user[r]!;
      const first = flat ? offsets[u]! : offsets[u]! + rows.position[r]!;
      const last = flat ? offsets[u + 1]! : first + 1;
      const length = this.#length(u);
      // What a user brings into an epoch: of a long ordered history only a draw.
      const brought = flat ? length : Math.min(length - 1, this.#settings.positionsPerUser);
      const scale = brought ** -this.#settings.userWeightExponent;
      for (let p = first; p < last; p++) {
        out.indices[at] = this.#local(itemIndices[p]!);
        out.weights[at++] = weights[p]! * scale;
      }
      out.offsets[r - start + 1] = at;
    }
    return out;
  }

  #queries(
    rows: TrainingRows,
    start: number,
    end: number,
  ): Pick<Batch, "history" | "recentWeights"> {
    const { offsets, itemIndices } = this.#history;
    const { history: form, historyLength } = this.#settings;
    let count = 0;
    for (let r = start; r < end; r++) {
      count +=
        form === "flat" ? this.#length(rows.user[r]!) : Math.min(historyLength, rows.position[r]!);
    }
    const history = this.#sparse("batch.history", end - start, count);
    const recentWeights =
      form === "flat" ? undefined : this.#scratch.float32("batch.recent", count);
    let at = 0;
    for (let r = start; r < end; r++) {
      const u = rows.user[r]!;
      if (recentWeights === undefined) {
        for (let p = offsets[u]!; p < offsets[u + 1]!; p++) {
          const item = itemIndices[p]!;
          history.indices[at] = this.#local(item);
          history.weights[at++] = this.#flatWeights[item]!;
        }
      } else {
        const position = offsets[u]! + rows.position[r]!;
        const length = Math.min(historyLength, rows.position[r]!);
        const { main, recent } = this.#kernels[length]!;
        for (let a = 1; a <= length; a++) {
          history.indices[at] = this.#local(itemIndices[position - a]!);
          recentWeights[at] = recent[a - 1]!;
          history.weights[at++] = main[a - 1]!;
        }
      }
      history.offsets[r - start + 1] = at;
    }
    return { history, recentWeights };
  }

  #length(user: number): number {
    return this.#history.offsets[user + 1]! - this.#history.offsets[user]!;
  }

  #sparse(name: string, rows: number, entries: number): WeightedRows {
    const offsets = this.#scratch.uint32(`${name}.offsets`, rows + 1);
    offsets[0] = 0;
    return {
      offsets,
      indices: this.#scratch.uint32(`${name}.indices`, entries),
      weights: this.#scratch.float32(`${name}.weights`, entries),
    };
  }
}
