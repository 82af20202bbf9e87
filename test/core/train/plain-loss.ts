import type { Batch } from "../../../src/core/train/batch.ts";
import type { Tokens } from "../../../src/core/data/index.ts";
import type { ItemTables, Parameters, QueryHead } from "../../../src/core/model/parameters.ts";

/**
 * The loss of a batch by its definition, in plain float64 loops: for every positive i of a row
 * −w · log(e_i / (e_i + Σ_n e_n)), e = exp((cos − 1) / τ), over the row's unmasked negatives n.
 */
export function plainLoss(
  batch: Batch,
  parameters: Parameters,
  tokens: Tokens | undefined,
  temperature: number,
  isDropped: (local: number) => boolean,
): number {
  const x = plainItems(batch, parameters.item, tokens, isDropped);
  const recent = parameters.recent && plainItems(batch, parameters.recent, tokens, isDropped);
  let loss = 0;
  for (let r = 0; r < batch.rows; r++) {
    const query = new Array<number>(parameters.embeddingSize).fill(0);
    for (let p = batch.history.offsets[r]!; p < batch.history.offsets[r + 1]!; p++) {
      const local = batch.history.indices[p]!;
      for (let d = 0; d < query.length; d++) {
        query[d]! += batch.history.weights[p]! * x[local]![d]!;
        if (recent && batch.recentWeights)
          query[d]! += batch.recentWeights[p]! * recent[local]![d]!;
      }
    }
    if (parameters.head) turn(query, parameters.head);
    const exponential = (local: number): number =>
      Math.exp((cosine(query, x[local]!) - 1) / temperature);
    const masked = new Set(
      batch.masked.indices.subarray(batch.masked.offsets[r], batch.masked.offsets[r + 1]),
    );
    let negatives = 0;
    for (let n = 0; n < batch.negatives; n++) if (!masked.has(n)) negatives += exponential(n);
    for (let p = batch.positives.offsets[r]!; p < batch.positives.offsets[r + 1]!; p++) {
      const e = exponential(batch.positives.indices[p]!);
      loss -= batch.positives.weights[p]! * Math.log(e / (e + negatives));
    }
  }
  return loss;
}

/** q / |q| + Σ_m max(0, hidden_m · q / |q|) output_m, in place. */
function turn(query: number[], { hidden, output }: QueryHead): void {
  const length = Math.hypot(...query);
  const direction = query.map((value) => (length === 0 ? 0 : value / length));
  direction.forEach((value, d) => (query[d] = value));
  for (let m = 0; m < hidden.values.rows; m++) {
    const at = m * query.length;
    const active = direction.reduce(
      (sum, value, d) => sum + value * hidden.values.values[at + d]!,
      0,
    );
    if (active <= 0) continue;
    for (let d = 0; d < query.length; d++) query[d]! += active * output.values.values[at + d]!;
  }
}

function plainItems(
  batch: Batch,
  tables: ItemTables,
  tokens: Tokens | undefined,
  isDropped: (local: number) => boolean,
): number[][] {
  const size = tables.id.values.columns;
  return Array.from(batch.items, (item, local) => {
    const own = Array.from({ length: size }, (_, d) =>
      isDropped(local) ? 0 : tables.id.values.values[item * size + d]!,
    );
    const mine =
      tokens?.tokens.subarray(tokens.offsets[item], tokens.offsets[item + 1]) ?? new Uint32Array(0);
    for (const token of mine) {
      for (let d = 0; d < size; d++) {
        own[d]! += tables.token.values.values[token * size + d]! / Math.sqrt(mine.length);
      }
    }
    return own;
  });
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let d = 0; d < a.length; d++) {
    dot += a[d]! * b[d]!;
    aa += a[d]! * a[d]!;
    bb += b[d]! * b[d]!;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}
