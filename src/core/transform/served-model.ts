import type { Kernels } from "../../kernels/index.ts";
import { PART, type RecSysConfig } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { servedCalibrator } from "../calibrate/index.ts";
import { type RatingScale, ratingScale, readDataset } from "../data/index.ts";
import { readModelCard } from "../model/model-file.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import { readAlignedParameters } from "../model/weights-file.ts";
import { fitData } from "../train/tune.ts";
import type { ShardModel } from "./score-shard.ts";

const ALL_PARTS = [PART.train, PART.validation, PART.test];

/** The served fit of a model. */
export interface ServedModel extends ShardModel {
  readonly users: number;
  readonly items: number;
  /** It scores other histories too, where they are given. */
  readonly scorer: ModelScorer;
  /** How interactions count in the data. */
  readonly scale: RatingScale;
}

/** The served fit of a model, ready to score the users of some processed data from everything that they did. */
export async function readServedModel(
  kernels: Kernels,
  bucket: Bucket,
  executions: { readonly model: string; readonly data: string },
  { transform }: Pick<RecSysConfig, "transform">,
): Promise<ServedModel> {
  const dataset = await readDataset(bucket, executions.data);
  const { settings, calibrator } = await readModelCard(bucket, executions.model);
  const data = fitData(dataset, ALL_PARTS, settings.useFeatures);
  const parameters = await readAlignedParameters(kernels, bucket, executions, settings);
  return {
    users: dataset.users,
    items: dataset.items,
    scorer: new ModelScorer(kernels, { ...data, parameters, settings }, data.train),
    calibrator: servedCalibrator(calibrator, transform),
    seen: data.train,
    scale: ratingScale(dataset, data.train),
    kMax: transform.kMax,
  };
}
