import { type Matrix, type SparseRows, subMatrix } from "../../kernels/index.ts";
import type { Tokens } from "../data/index.ts";
import { idRows, itemTower, tokenRows } from "../model/item-tower.ts";
import type { ItemTables, Parameters } from "../model/parameters.ts";
import type { Scratch } from "../rows/scratch.ts";
import type { ModelSettings } from "../model/settings.ts";
import type { Batch } from "./batch.ts";
import { passQueries } from "./query-pass.ts";
import type { TableGradient } from "./table-gradient.ts";
import type { WeightedRows } from "../rows/weighted-rows.ts";
import { transpose, transposeWeights } from "../rows/transpose.ts";

/** What a step needs besides the batch. */
export interface StepContext {
  readonly parameters: Parameters;
  readonly tokens: Tokens | undefined;
  readonly settings: Pick<ModelSettings, "temperature">;
  /** Is the local item's ID embedding dropped in this step? */
  readonly isDropped: (local: number) => boolean;
  readonly scratch: Scratch;
}

/**
 * One step of the sampled softmax with shared negatives (Wu et al. 2022), forward and backward.
 *
 * With R rows, L local items, N negatives, P candidates: X (L, D) from the item tower, Q = H · X
 * (+ H' · X' of the recent tables), z = x / |x| (z_Q then through the query's network), loss = −Σ w log softmax(z_Q · z_i / τ) over the
 * positive i and the row's unmasked negatives.
 *
 * @returns the summed loss of the batch and its gradients, in buffers that the next step overwrites
 */
export function lossAndGradients(
  batch: Batch,
  context: StepContext,
): { readonly loss: number; readonly gradients: readonly TableGradient[] } {
  const { parameters, tokens, settings, scratch } = context;
  const { kernels } = scratch;
  const size = parameters.embeddingSize;
  const locals = batch.items.length;

  // Forward: items, queries, cosines.
  const ids = idRows(batch.items, context.isDropped, scratch, "step.ids");
  const features = tokens && tokenRows(batch.items, tokens, scratch, "step.tokens");
  const x = scratch.matrix("step.x", locals, size);
  itemTower(kernels, parameters.item, ids, features, x);
  const query = scratch.matrix("step.query", batch.rows, size);
  kernels.gatherSum(query, batch.history, x);
  const recentRows = batch.recentWeights && { ...batch.history, weights: batch.recentWeights };
  if (parameters.recent !== undefined && recentRows !== undefined) {
    const recentX = scratch.matrix("step.recentX", locals, size);
    itemTower(kernels, parameters.recent, ids, features, recentX);
    kernels.gatherSum(query, recentRows, recentX, { accumulate: true });
  }
  const pass = passQueries(query, parameters.head, scratch);
  const zQuery = pass.z;
  const xCandidate = subMatrix(x, batch.candidates);
  const z = scratch.matrix("step.z", batch.candidates, size);
  const norms = scratch.float32("step.norms", batch.candidates);
  kernels.normaliseRows(z, norms, xCandidate);

  const cosines = scratch.matrix("step.cosines", batch.rows, batch.negatives);
  kernels.multiplyTransposed(cosines, zQuery, subMatrix(z, batch.negatives));
  const positiveCosines = scratch.float32("step.positiveCosines", batch.positives.indices.length);
  kernels.rowDots(positiveCosines, batch.positives, zQuery, z);

  const losses = scratch.float32("step.losses", batch.rows);
  const dPositive = scratch.float32("step.dPositive", positiveCosines.length);
  kernels.sampledSoftmax(
    {
      logits: cosines,
      inverseTemperature: 1 / settings.temperature,
      masked: batch.masked,
      positives: batch.positives,
      cosines: positiveCosines,
    },
    { losses, dCosines: dPositive },
  );
  const dCosines = cosines; // overwritten in place

  // Backward: cosines, normalisation, history sums.
  const dzQuery = scratch.matrix("step.dzQuery", batch.rows, size);
  const positiveGradients: SparseRows = { ...batch.positives, weights: dPositive };
  kernels.gatherSum(dzQuery, positiveGradients, z);
  kernels.multiply(dzQuery, dCosines, subMatrix(z, batch.negatives), { accumulate: true });
  const dz = scratch.matrix("step.dz", batch.candidates, size);
  const byPositive = transpose(batch.positives, batch.candidates, scratch, "step.byPositive");
  const dPositiveByItem = transposeWeights(dPositive, byPositive, scratch, "step.dPositiveByItem");
  kernels.gatherSum(dz, { ...byPositive, weights: dPositiveByItem }, zQuery);
  kernels.multiplyLeftTransposed(subMatrix(dz, batch.negatives), dCosines, zQuery, {
    accumulate: true,
  });
  const dQuery = scratch.matrix("step.dQuery", batch.rows, size);
  const headGradients = pass.back(dzQuery, dQuery);
  const dx = scratch.matrix("step.dx", locals, size);
  dx.values.fill(0, batch.candidates * size);
  kernels.normaliseRowsBackward(subMatrix(dx, batch.candidates), dz, z, norms);
  const byItem = transpose(batch.history, locals, scratch, "step.byItem");
  const weightsByItem = transposeWeights(batch.history.weights, byItem, scratch, "step.byItem.w");
  kernels.gatherSum(dx, { ...byItem, weights: weightsByItem }, dQuery, { accumulate: true });
  const gradients = [
    ...headGradients,
    ...towerGradients("item", parameters.item, dx, ids, features, scratch),
  ];
  if (parameters.recent !== undefined && recentRows !== undefined) {
    const recentByItem = transposeWeights(recentRows.weights, byItem, scratch, "step.byItem.r");
    const dRecentX = scratch.matrix("step.dRecentX", locals, size);
    kernels.gatherSum(dRecentX, { ...byItem, weights: recentByItem }, dQuery);
    gradients.push(
      ...towerGradients("recent", parameters.recent, dRecentX, ids, features, scratch),
    );
  }
  return { loss: losses.reduce((sum, loss) => sum + loss, 0), gradients };
}

/** Back through the item tower: the kept IDs' rows, and the rows of the tokens that occur. */
function towerGradients(
  name: string,
  tables: ItemTables,
  dx: Matrix,
  ids: SparseRows,
  features: WeightedRows | undefined,
  scratch: Scratch,
): readonly TableGradient[] {
  const kept = scratch.uint32("step.kept", ids.indices.length);
  const starts = scratch.uint32("step.kept.starts", ids.indices.length + 1);
  let count = 0;
  for (let l = 0; l + 1 < ids.offsets.length; l++) {
    starts[count] = count;
    if (ids.offsets[l + 1]! > ids.offsets[l]!) kept[count++] = l;
  }
  starts[count] = count;
  const dId = scratch.matrix(`step.${name}.dId`, count, dx.columns);
  scratch.kernels.gatherSum(dId, { offsets: starts, indices: kept }, dx);
  const idGradient = { table: tables.id, rows: ids.indices, gradients: dId, rate: 1 };
  if (features === undefined) return [idGradient];

  const byToken = transpose(features, tables.token.values.rows, scratch, "step.byToken");
  const weights = transposeWeights(features.weights, byToken, scratch, "step.byToken.w");
  const touched = scratch.uint32("step.touched", byToken.offsets.length);
  const ends = scratch.uint32("step.touched.ends", byToken.offsets.length);
  let tokens = 0;
  ends[0] = 0;
  for (let t = 0; t + 1 < byToken.offsets.length; t++) {
    if (byToken.offsets[t + 1] === byToken.offsets[t]) continue;
    touched[tokens++] = t;
    ends[tokens] = byToken.offsets[t + 1]!;
  }
  const dToken = scratch.matrix(`step.${name}.dToken`, tokens, dx.columns);
  const rows = { offsets: ends.subarray(0, tokens + 1), indices: byToken.indices, weights };
  scratch.kernels.gatherSum(dToken, rows, dx);
  return [
    idGradient,
    { table: tables.token, rows: touched.subarray(0, tokens), gradients: dToken, rate: 1 },
  ];
}
