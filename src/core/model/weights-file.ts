import type { Kernels } from "../../kernels/index.ts";
import { DataError, type FitName } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  tableSize,
  type Tensors,
} from "../../storage/index.ts";
import { type AlignedRows, alignRows, UNKNOWN } from "./align.ts";
import { emptyParameters, type Parameters, tablesOf } from "./parameters.ts";
import { dataRowNames, modelRowNames, type RowNames } from "./row-names.ts";
import type { ModelSettings } from "./settings.ts";

/** The weights as they are written: every table's values, without Adam's state. */
export function weightTensors(parameters: Parameters): Tensors {
  return Object.fromEntries(
    tablesOf(parameters).map(([name, { values }]) => [
      name,
      { shape: [values.rows, values.columns], values: values.values },
    ]),
  );
}

/** Reads a fit's weights into new parameters, for the data that it was fitted on. */
export async function readParameters(
  kernels: Kernels,
  bucket: Bucket,
  execution: string,
  fit: FitName,
): Promise<Parameters> {
  return parametersOf(kernels, await readWeights(bucket, execution, fit), undefined);
}

/**
 * Reads the served fit's weights into new parameters whose rows are those of `processed_data/<data>/`, whatever
 * the data that it was fitted on.
 *
 * @throws DataError if the model is of no use for these data, or its files do not belong together
 */
export async function readAlignedParameters(
  kernels: Kernels,
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
  { embeddingSize, useFeatures }: Pick<ModelSettings, "embeddingSize" | "useFeatures">,
): Promise<Parameters> {
  const names = await modelRowNames(bucket, executions.model);
  const weights = await readWeights(bucket, executions.model, "served");
  requireShape(weights, names, embeddingSize, executions.model);
  const data = await dataRowNames(bucket, executions.data, useFeatures);
  return parametersOf(kernels, weights, alignRows(names, data, executions));
}

async function readWeights(bucket: Bucket, execution: string, fit: FitName): Promise<Tensors> {
  const path = `${artefactFolder("model", execution)}/${fit}.safetensors`;
  return decodeSafetensors(await bucket.read(path));
}

/** Parameters of the given rows of the weights, or of all as they stand. */
function parametersOf(
  kernels: Kernels,
  weights: Tensors,
  rows: AlignedRows | undefined,
): Parameters {
  const [items = 0, embeddingSize = 0] = weights["item.id"]?.shape ?? [];
  const parameters = emptyParameters(kernels, {
    embeddingSize,
    items: rows?.items.length ?? items,
    tokens: rows?.tokens.length ?? weights["item.token"]?.shape[0] ?? 0,
    recent: "recent.id" in weights,
    hiddenUnits: weights["head.hidden"]?.shape[0] ?? 0,
  });
  for (const [name, { values }] of tablesOf(parameters)) {
    const source = weights[name]?.values ?? new Float32Array(0);
    if (rows === undefined || name.startsWith("head.")) {
      values.values.set(source);
      continue;
    }
    const from = name.endsWith(".id") ? rows.items : rows.tokens;
    from.forEach((row, to) => {
      if (row === UNKNOWN) return; // stays zero
      const start = row * embeddingSize;
      values.values.set(source.subarray(start, start + embeddingSize), to * embeddingSize);
    });
  }
  return parameters;
}

function requireShape(
  weights: Tensors,
  { items, tokens }: RowNames,
  embeddingSize: number,
  execution: string,
): void {
  const wanted = [tableSize(items), embeddingSize, tokens.length];
  const got = [...(weights["item.id"]?.shape ?? []), weights["item.token"]?.shape[0]];
  if (wanted.join() === got.join()) return;
  throw new DataError(
    { file: `${artefactFolder("model", execution)}/served.safetensors` },
    "the weights do not belong to the files beside them: items, embedding size and tokens are " +
      `${got.join(", ")} and must be ${wanted.join(", ")}; restore the folder, or train a new model: ` +
      "execute core without --model",
  );
}
