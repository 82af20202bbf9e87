import { z } from "zod";

import { CalibratorParameters } from "../../schema/index.ts";
import { artefactFolder, type Bucket } from "../../storage/index.ts";
import { Blend, ModelSettings } from "./settings.ts";

/** One validated epoch of a search. */
const LearningPoint = z.strictObject({
  epoch: z.int(),
  loss: z.number(),
  ndcg: z.number(),
  popularityPrior: z.number(),
});

/** What was tried on validation rows, and the NDCG@10 it reached. */
const Candidate = z.strictObject({
  settings: ModelSettings,
  ndcg: z.number(),
  curve: z.array(LearningPoint),
});

/** `model.json`: all that scoring needs beside the weights and the processed data, and how it was found. */
export const ModelCard = z.strictObject({
  settings: ModelSettings,
  /** Fitted on validation rows; it stays when the model is refitted. */
  calibrator: CalibratorParameters,
  /** The short fits that raced for the settings, in the order tried. */
  race: z.array(Candidate),
  /** The fits at full width, each with twice the epochs of the one before. */
  fits: z.array(Candidate),
  /** With a training budget: its minutes, the seconds that the plan takes by the model of the cost, and whether it had to cut. */
  budget: z
    .strictObject({ minutes: z.number(), plannedSeconds: z.number(), isCapping: z.boolean() })
    .optional(),
  /** The towers with popularity alone, then every blend with branches that was better than those before. */
  blends: z.array(z.strictObject({ blend: Blend, ndcg: z.number() })),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** @throws ObjectNotFoundError if the execution has not been trained */
export async function readModelCard(bucket: Bucket, execution: string): Promise<ModelCard> {
  const bytes = await bucket.read(`${artefactFolder("model", execution)}/model.json`);
  return ModelCard.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}
