import { z } from "zod";

import type { Kernels } from "../../kernels/index.ts";
import { CalibratorParameters } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  type Tensors,
} from "../../storage/index.ts";
import { emptyParameters, type Parameters, tablesOf } from "./parameters.ts";
import { Blend, ModelSettings } from "./settings.ts";

/** One validated epoch of a search. */
const LearningPoint = z.strictObject({
  epoch: z.int(),
  loss: z.number(),
  ndcg: z.number(),
  popularityPrior: z.number(),
});

/** `model.json`: all that scoring needs beside the weights and the processed data, and how it was found. */
export const ModelCard = z.strictObject({
  settings: ModelSettings,
  /** Fitted on validation rows; it stays when the model is refitted. */
  calibrator: CalibratorParameters,
  /** What was tried on validation rows, in this order, and with what NDCG@10: the race, then the fits at full width. */
  candidates: z.array(
    z.strictObject({ settings: ModelSettings, ndcg: z.number(), curve: z.array(LearningPoint) }),
  ),
  /** The towers with popularity alone, then every blend with branches that was better than those before. */
  blends: z.array(z.strictObject({ blend: Blend, ndcg: z.number() })),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** Names of the two fits of one execution: the evaluated one, and the one on all rows that is served. */
export const FITS = ["evaluated", "served"] as const;
export type FitName = (typeof FITS)[number];

/** The weights as they are written: every table's values, without Adam's state. */
export function weightTensors(parameters: Parameters): Tensors {
  return Object.fromEntries(
    tablesOf(parameters).map(([name, { values }]) => [
      name,
      { shape: [values.rows, values.columns], values: values.values },
    ]),
  );
}

/** @throws ObjectNotFoundError if this fit has not been written */
export async function readModelCard(bucket: Bucket, execution: string): Promise<ModelCard> {
  const bytes = await bucket.read(`${artefactFolder("model", execution)}/model.json`);
  return ModelCard.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

/** Reads a fit's weights into new parameters. */
export async function readParameters(
  kernels: Kernels,
  bucket: Bucket,
  execution: string,
  fit: FitName,
): Promise<Parameters> {
  const path = `${artefactFolder("model", execution)}/${fit}.safetensors`;
  const tensors = decodeSafetensors(await bucket.read(path));
  const [items = 0, embeddingSize = 0] = tensors["item.id"]?.shape ?? [];
  const parameters = emptyParameters(kernels, {
    embeddingSize,
    items,
    tokens: tensors["item.token"]?.shape[0] ?? 0,
    recent: "recent.id" in tensors,
  });
  for (const [name, { values }] of tablesOf(parameters)) {
    values.values.set(tensors[name]?.values ?? []);
  }
  return parameters;
}
