import { PART, ProcessedDataContent, type StageRun } from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  createLinesWriter,
  encodeRows,
  type LinesWriter,
  readEntities,
  readManifest,
} from "../../storage/index.ts";
import { Calibrator } from "../calibrate/index.ts";
import { readDataset } from "../data/index.ts";
import { readModelCard, readParameters } from "../model/model-file.ts";
import { TowerScorer } from "../model/tower-scorer.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { fitData } from "../train/tune.ts";
import { emptyBoards, scoreShard } from "./score-shard.ts";
import { LINE_FORMATS, shardFolder, USER_LINES, writeBoards } from "./shard-files.ts";

const ALL_PARTS = [PART.train, PART.validation, PART.test];

/**
 * Scores this shard's users against all items and leaves rows, lines and item boards under
 * `shards/<index>/` for the merge. The same users' rows are the same bytes in whatever shard.
 */
export async function transformStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { shard, config, execution } = run;
  const processed = run.inputs["processed_data"]!;
  const modelExecution = run.inputs["model"] ?? execution;
  const dataset = await readDataset(bucket, processed);
  const card = await readModelCard(bucket, modelExecution);
  const kernels = await openCoreKernels(config.training.threads);
  try {
    const { train, popularity, tokens } = fitData(dataset, ALL_PARTS, card.settings.useFeatures);
    const parameters = await readParameters(kernels, bucket, modelExecution, "served");
    const model = { parameters, settings: card.settings, popularity, tokens };
    const scorer = new TowerScorer(kernels, model, train);
    const users = {
      start: Math.floor((dataset.users * shard.index) / shard.count),
      end: Math.floor((dataset.users * (shard.index + 1)) / shard.count),
    };
    const folder = shardFolder(execution, shard.index);
    const k = config.transform.kMax;
    const rows = await bucket.create(`${folder}/users.rows`);
    const lines = await userLines(bucket, folder, processed, shard.index === 0);
    const boards = emptyBoards(dataset.items, k);
    const shardModel = {
      scorer,
      calibrator: new Calibrator(card.calibrator),
      seen: train,
      kMax: k,
    };
    if (shard.index === 0) {
      const cold = { start: dataset.users, end: dataset.users + 1 };
      await scoreShard(kernels, shardModel, cold, undefined, (_, lists) =>
        rows.write(encodeRows({ k, lists: 2 }, [lists])),
      );
    }
    await scoreShard(kernels, shardModel, users, boards, async (user, lists) => {
      if (user % 256 === 0) {
        run.signal.throwIfAborted();
        run.report({
          activity: "score all pairs",
          done: user - users.start,
          total: users.end - users.start,
          unit: "users",
        });
      }
      await rows.write(encodeRows({ k, lists: 2 }, [lists]));
      for (const { list, writer } of lines) await writer.writeList(user, lists[list]!);
    });
    await rows.close();
    for (const { writer } of lines) await writer.close();
    await writeBoards(bucket, `${folder}/boards.safetensors`, boards);
  } finally {
    await kernels.close();
  }
}

/** Writers of the users' lists as lines, the first shard's with the header. */
async function userLines(
  bucket: Bucket,
  folder: string,
  processed: string,
  header: boolean,
): Promise<readonly { list: number; writer: LinesWriter }[]> {
  const { userIds, itemIds } = ProcessedDataContent.parse(
    (await readManifest(bucket, "processed_data", processed)).content,
  );
  const source = artefactFolder("processed_data", processed);
  const users = await readEntities(bucket, `${source}/users.safetensors`);
  const items = await readEntities(bucket, `${source}/items.safetensors`);
  const writers = [];
  for (const [list, name] of USER_LINES.entries()) {
    for (const format of LINE_FORMATS) {
      const writer = await createLinesWriter(await bucket.create(`${folder}/${name}.${format}`), {
        format,
        key: { name: "user_id", ids: users.ids, form: userIds },
        value: { name: "item_id", ids: items.ids, form: itemIds },
        header,
      });
      writers.push({ list, writer });
    }
  }
  return writers;
}
