import {
  artefactFolder,
  type Bucket,
  openTensors,
  readManifest,
  type TensorReader,
} from "../../storage/index.ts";
import { type AlignedRows, alignRows, UNKNOWN } from "./align.ts";
import { readModelCard } from "./model-file.ts";
import { dataRowNames, modelRowNames } from "./row-names.ts";

/** An item and the cosine of its vector with another's. */
export interface SimilarItem {
  readonly item: number;
  /** From -1 to 1. */
  readonly similarity: number;
}

/**
 * What the item tower of a model's served fit gives for items, read from the files as it is asked for: no table stays in memory.
 * Items are numbered as in the processed data.
 */
export interface ItemVectors {
  /** Width of a vector. */
  readonly size: number;
  /** (n, size), each of length 1; zeros of an item that the model knows nothing of. */
  read(items: readonly number[]): Promise<Float32Array>;
  /** The `k` items most like one, the nearest first; of equal ones the larger index first. */
  nearest(item: number, k: number): Promise<readonly SimilarItem[]>;
  close(): Promise<void>;
}

/** Items whose vectors are made at a time when all are wanted. */
const BLOCK = 2048;
/** Rows of the token table that are kept between readings. */
const KEPT_TOKENS = 4096;

/**
 * Opens the item vectors of the model of one execution for the processed data of another.
 *
 * @throws DataError if the model is of no use for these data
 */
export async function openItemVectors(
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
): Promise<ItemVectors> {
  const { settings } = await readModelCard(bucket, executions.model);
  const { inputs } = await readManifest(bucket, "model", executions.model);
  const aligned =
    inputs["processed_data"] === executions.data
      ? undefined
      : alignRows(
          await modelRowNames(bucket, executions.model),
          await dataRowNames(bucket, executions.data, settings.useFeatures),
          executions,
        );
  const weightsPath = `${artefactFolder("model", executions.model)}/served.safetensors`;
  const weights = await openTensors(bucket, weightsPath);
  try {
    const folder = artefactFolder("processed_data", executions.data);
    const items = await openTensors(bucket, `${folder}/items.safetensors`);
    const { embeddingSize, useFeatures } = settings;
    return new FileItemVectors(weights, items, aligned, embeddingSize, useFeatures);
  } catch (error) {
    await weights.close();
    throw error;
  }
}

class FileItemVectors implements ItemVectors {
  readonly size: number;
  readonly #count: number;
  readonly #weights: TensorReader;
  readonly #items: TensorReader;
  readonly #aligned: AlignedRows | undefined;
  readonly #usesTokens: boolean;
  readonly #tokenRows = new Map<number, Float32Array>();

  constructor(
    weights: TensorReader,
    items: TensorReader,
    aligned: AlignedRows | undefined,
    size: number,
    useFeatures: boolean,
  ) {
    this.#weights = weights;
    this.#items = items;
    this.#aligned = aligned;
    this.size = size;
    this.#count = items.entries.get("id_offsets")!.shape[0]! - 1;
    this.#usesTokens = useFeatures && (weights.entries.get("item.token")?.shape[0] ?? 0) > 0;
  }

  async read(items: readonly number[]): Promise<Float32Array> {
    const vectors = new Float32Array(items.length * this.size);
    for (const [n, item] of items.entries()) {
      const out = vectors.subarray(n * this.size, (n + 1) * this.size);
      await this.#addIds(item, 1, out);
      if (!this.#usesTokens) continue;
      const { offsets, tokens } = await this.#tokensOf(item, 1);
      for (const token of tokens) {
        addScaled(out, await this.#tokenRow(token), 0, 1 / Math.sqrt(offsets[1]! - offsets[0]!));
      }
    }
    for (let n = 0; n < items.length; n++) normalise(vectors, n * this.size, this.size);
    return vectors;
  }

  async nearest(item: number, k: number): Promise<readonly SimilarItem[]> {
    const wanted = await this.read([item]);
    const table = this.#usesTokens ? await this.#wholeTokenTable() : undefined;
    let best: SimilarItem[] = [];
    for (let start = 0; start < this.#count; start += BLOCK) {
      const count = Math.min(BLOCK, this.#count - start);
      const vectors = new Float32Array(count * this.size);
      await this.#addIds(start, count, vectors);
      if (table !== undefined) await this.#addTokens(start, count, table, vectors);
      for (let n = 0; n < count; n++) {
        normalise(vectors, n * this.size, this.size);
        if (start + n === item) continue;
        const similarity = dot(vectors, n * this.size, wanted);
        best.push({ item: start + n, similarity });
      }
      best = best.sort((a, b) => b.similarity - a.similarity || b.item - a.item).slice(0, k);
    }
    return best;
  }

  async close(): Promise<void> {
    await Promise.all([this.#weights.close(), this.#items.close()]);
  }

  /** Adds the ID rows of the items [start, start + count). */
  async #addIds(start: number, count: number, out: Float32Array): Promise<void> {
    if (this.#aligned === undefined) {
      const rows = await this.#weights.read("item.id", start * this.size, count * this.size);
      out.set(rows);
      return;
    }
    for (let n = 0; n < count; n++) {
      const row = this.#aligned.items[start + n]!;
      if (row === UNKNOWN) continue;
      out.set(await this.#weights.read("item.id", row * this.size, this.size), n * this.size);
    }
  }

  /** Adds Σ_t token[t] / √|tokens| of the items [start, start + count). */
  async #addTokens(
    start: number,
    count: number,
    table: Float32Array,
    out: Float32Array,
  ): Promise<void> {
    const { offsets, tokens } = await this.#tokensOf(start, count);
    for (let n = 0; n < count; n++) {
      const [first, end] = [offsets[n]! - offsets[0]!, offsets[n + 1]! - offsets[0]!];
      const vector = out.subarray(n * this.size, (n + 1) * this.size);
      for (let p = first; p < end; p++) {
        const row = this.#rowOf(tokens[p]!);
        if (row !== UNKNOWN) {
          addScaled(vector, table, row * this.size, 1 / Math.sqrt(end - first));
        }
      }
    }
  }

  async #tokensOf(
    start: number,
    count: number,
  ): Promise<{ readonly offsets: Uint32Array; readonly tokens: Uint32Array }> {
    const offsets = (await this.#items.read("token_offsets", start, count + 1)) as Uint32Array;
    const length = offsets[count]! - offsets[0]!;
    const tokens = (await this.#items.read("tokens", offsets[0]!, length)) as Uint32Array;
    return { offsets, tokens };
  }

  async #tokenRow(token: number): Promise<Float32Array> {
    const kept = this.#tokenRows.get(token);
    if (kept !== undefined) return kept;
    const row = this.#rowOf(token);
    const values =
      row === UNKNOWN
        ? new Float32Array(this.size)
        : ((await this.#weights.read("item.token", row * this.size, this.size)) as Float32Array);
    if (this.#tokenRows.size >= KEPT_TOKENS) this.#tokenRows.clear();
    this.#tokenRows.set(token, values);
    return values;
  }

  async #wholeTokenTable(): Promise<Float32Array> {
    const [rows = 0] = this.#weights.entries.get("item.token")!.shape;
    return (await this.#weights.read("item.token", 0, rows * this.size)) as Float32Array;
  }

  #rowOf(token: number): number {
    return this.#aligned === undefined ? token : this.#aligned.tokens[token]!;
  }
}

function addScaled(out: Float32Array, table: Float32Array, start: number, scale: number): void {
  for (let d = 0; d < out.length; d++) out[d]! += scale * table[start + d]!;
}

function dot(vectors: Float32Array, start: number, other: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < other.length; d++) sum += vectors[start + d]! * other[d]!;
  return sum;
}

function normalise(vectors: Float32Array, start: number, size: number): void {
  let squares = 0;
  for (let d = start; d < start + size; d++) squares += vectors[d]! * vectors[d]!;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let d = start; d < start + size; d++) vectors[d]! *= scale;
}
