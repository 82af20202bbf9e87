import type { Kernels } from "../../kernels/index.ts";
import type { Round } from "../../schema/index.ts";
import type { Tensors } from "../../storage/index.ts";
import type { Histories } from "../data/index.ts";
import { initialParameters } from "../model/parameters.ts";
import type { ModelSettings } from "../model/settings.ts";
import { restore, snapshot } from "./checkpoint.ts";
import { fallingRate, type FitData, shapeOf } from "./final-fit.ts";
import { Fit } from "./fit.ts";
import type { FitRun } from "./fit-run.ts";
import { historiesOfSome } from "./some-users.ts";

/** A part of the users: those whose index leaves `index` when divided by `count`. */
export interface UserShard {
  readonly index: number;
  readonly count: number;
}

/**
 * One instance's part in a round of a fit that several share: from the average that the round before came to it trains
 * on its users for the round's share of all epochs.
 *
 * `start` is the parameters with Adam's state, undefined before the first round.
 *
 * @returns the parameters with Adam's state, to be averaged with those of the other instances
 */
export function fitRound(
  kernels: Kernels,
  data: FitData,
  settings: ModelSettings,
  { index, count }: Pick<Round, "index" | "count">,
  shard: UserShard,
  start: Tensors | undefined,
  { signal, report }: Pick<FitRun, "signal" | "report">,
): Tensors {
  const parameters = initialParameters(kernels, shapeOf(data, settings), settings.seed);
  if (start !== undefined) restore(parameters, start, "");
  const model = { parameters, settings, popularity: data.popularity, tokens: data.tokens };
  // Instances that drew the same numbers would not make up for one another's chance.
  const seed = settings.seed + Math.imul(shard.index, 0x27d4eb2f);
  const fit = new Fit(kernels, model, historiesOfShard(data.train, shard), seed);
  const { epochs, learningRate } = sharedSchedule(settings, shard.count);
  const steps = Math.round(epochs * fit.stepsPerEpoch);
  const first = Math.floor((steps * index) / count);
  const last = Math.floor((steps * (index + 1)) / count);
  fit.train(first, last, {
    learningRate: fallingRate({ learningRate }, steps),
    signal,
    report: (done, total) => {
      report({
        activity: `round ${index + 1} of ${count}`,
        done,
        total,
        unit: "steps",
      });
    },
  });
  return snapshot(parameters, "");
}

/**
 * The epochs and the learning rate of a fit that N instances share: √N times those of one that is made alone.
 *
 * What is averaged has moved as far as one instance has, and that in one N-th of the steps. Each √N by itself leaves a loss behind,
 * of 1 to 2 % (docs/model.md, "On several instances"); together they cost N instances √N times the work of one, in one √N-th of its time.
 */
export function sharedSchedule(
  { epochs, learningRate }: Pick<ModelSettings, "epochs" | "learningRate">,
  instances: number,
): Pick<ModelSettings, "epochs" | "learningRate"> {
  const factor = Math.sqrt(instances);
  return { epochs: epochs * factor, learningRate: learningRate * factor };
}

/** The histories of a shard's users; those of all others are empty. */
export function historiesOfShard(histories: Histories, { index, count }: UserShard): Histories {
  const isIn = Uint8Array.from({ length: histories.users }, (_, user) =>
    user % count === index ? 1 : 0,
  );
  return historiesOfSome(histories, isIn);
}
