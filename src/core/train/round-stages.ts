import { PART, type Round, type StageRun } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  encodeSafetensors,
  openTensors,
  type TensorReader,
  type Tensors,
} from "../../storage/index.ts";
import { readDataset } from "../data/index.ts";
import { readModelCard } from "../model/model-file.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { averageRound, type RoundTensors } from "./average.ts";
import { checkpointFolder } from "./fit-run.ts";
import { fitRound } from "./round-fit.ts";
import { fitData } from "./tune.ts";

/** The rows that each fit is made of. */
const PARTS_OF = {
  evaluated: [PART.train, PART.validation],
  served: [PART.train, PART.validation, PART.test],
} as const;

/** One instance's part of a round: from the average of the round before to this shard's parameters after it. */
export async function roundStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, shard } = run;
  const round = requireRound(run);
  const files = roundFiles(execution, round.fit);
  const dataset = await readDataset(bucket, run.inputs["processed_data"]!);
  const { settings } = await readModelCard(bucket, execution);
  const kernels = await openCoreKernels(run.threads);
  try {
    const data = fitData(dataset, PARTS_OF[round.fit], settings.useFeatures);
    const start =
      round.index === 0
        ? undefined
        : decodeSafetensors(await bucket.read(files.average(round.index - 1)));
    const after = fitRound(kernels, data, settings, round, shard, start, run);
    await writeTensors(bucket, files.shard(round.index, shard.index), after);
  } finally {
    await kernels.close();
  }
}

/**
 * Averages the instances' parameters after a round; after the last round the weights are the model's,
 * `model/<execution>/<fit>.safetensors`. Only the latest average is kept.
 */
export async function averageStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, config } = run;
  const round = requireRound(run);
  const files = roundFiles(execution, round.fit);
  const path = files.average(round.index);
  // Written by a job that was killed while it cleared up: the shards may be gone.
  if ((await bucket.head(path)) === undefined) {
    const { instanceCount } = config.instances.training;
    const paths = Array.from({ length: instanceCount }, (_, shard) =>
      files.shard(round.index, shard),
    );
    const before = round.index === 0 ? [] : [files.average(round.index - 1)];
    const averaged = await withTensors(bucket, [...before, ...paths], (opened) =>
      averageRound(before.length === 0 ? undefined : opened[0], opened.slice(before.length)),
    );
    if (round.index === round.count - 1) {
      const weights = `${artefactFolder("model", execution)}/${round.fit}.safetensors`;
      await writeTensors(bucket, weights, weightsOf(averaged));
    }
    await writeTensors(bucket, path, averaged);
  }
  await bucket.removeAll(files.shards(round.index));
  if (round.index > 0) await bucket.removeAll(files.average(round.index - 1));
}

/** Where the rounds of a fit meet. */
function roundFiles(execution: string, fit: Round["fit"]) {
  const folder = `${checkpointFolder(execution)}/${fit}`;
  return {
    average: (round: number): string => `${folder}/average-${round}.safetensors`,
    shards: (round: number): string => `${folder}/round-${round}/`,
    shard: (round: number, shard: number): string =>
      `${folder}/round-${round}/${shard}.safetensors`,
  };
}

function requireRound({ round }: StageRun): Round {
  if (round === undefined) throw new Error("a round of training was not told which one it is");
  return round;
}

/** The tables' values alone; a row that was never trained still holds its initial noise, and becomes zero. */
function weightsOf(averaged: Tensors): Tensors {
  const weights: Record<string, Tensors[string]> = {};
  for (const [name, { shape, values }] of Object.entries(averaged)) {
    if (!name.endsWith(".values")) continue;
    const table = name.slice(0, -".values".length);
    const columns = shape[1]!;
    const trained = values.slice();
    averaged[`${table}.steps`]!.values.forEach((updates, row) => {
      if (updates === 0) trained.fill(0, row * columns, (row + 1) * columns);
    });
    weights[table] = { shape, values: trained };
  }
  return weights;
}

async function writeTensors(bucket: Bucket, path: string, tensors: Tensors): Promise<void> {
  const writer = await bucket.create(path);
  for (const piece of encodeSafetensors(tensors)) await writer.write(piece);
  await writer.close();
}

async function withTensors<Result>(
  bucket: Bucket,
  paths: readonly string[],
  work: (tensors: readonly RoundTensors[]) => Promise<Result>,
): Promise<Result> {
  const readers: TensorReader[] = [];
  try {
    for (const path of paths) readers.push(await openTensors(bucket, path));
    return await work(readers.map(roundTensors));
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

function roundTensors(reader: TensorReader): RoundTensors {
  return {
    names: [...reader.entries.keys()],
    async read(name) {
      const shape = reader.entries.get(name)?.shape ?? [];
      const length = shape.reduce((product, size) => product * size, 1);
      return { shape, values: await reader.read(name, 0, length) };
    },
  };
}
