import { PART, type ServingContent, type StageRun } from "../../schema/index.ts";
import {
  ArtefactWriter,
  type Bucket,
  entityTensors,
  popularityOf,
  popularityTensors,
  seenSetsOf,
  seenTensors,
  writePopularLines,
} from "../../storage/index.ts";
import { servedCalibrator } from "../calibrate/index.ts";
import { type Dataset, popularity, readDataset } from "../data/index.ts";
import { readModelCard } from "../model/model-file.ts";
import { type Columns, readColumns } from "./columns.ts";
import { LINE_FORMATS } from "./line-files.ts";
import { mergeItems } from "./merge-items.ts";
import { mergeUsers } from "./merge-users.ts";
import { shardFolder, shardsFolder } from "./shard-files.ts";

const ALL_PARTS = [PART.train, PART.validation, PART.test];

/** Merges the shards into the folder that the responder serves, and writes its manifest. */
export async function mergeStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { execution, config } = run;
  const artefact = new ArtefactWriter(bucket, "batch_transform_inference_output", execution);
  if ((await bucket.head(`${artefact.folder}/manifest.json`)) !== undefined) {
    await bucket.removeAll(shardsFolder(execution)); // killed after the artefact was whole
    return;
  }
  const k = config.transform.kMax;
  const processed = run.inputs["processed_data"]!;
  const dataset = await readDataset(bucket, processed);
  const columns = await readColumns(bucket, processed);
  const shards = Array.from({ length: config.instances.transform.instanceCount }, (_, shard) =>
    shardFolder(execution, shard),
  );
  const start = (activity: string): void => {
    run.signal.throwIfAborted();
    run.report({ activity });
  };
  start("merge lists of users");
  await mergeUsers(bucket, artefact, shards, { users: dataset.users, k });
  start("merge lists of items");
  await mergeItems(bucket, artefact, shards, { items: dataset.items, k, columns });
  start("write popular items, histories and ids");
  await writeCatalogue(artefact, dataset, columns);
  const model = run.inputs["model"] ?? execution;
  const { calibrator } = await readModelCard(bucket, model);
  const { event } = servedCalibrator(calibrator, config.transform);
  await artefact.finish({
    createdAtSeconds: run.startedAtSeconds,
    inputs: { ...run.inputs, model },
    content: contentOf(dataset, columns, k, event),
  });
  await bucket.removeAll(shardsFolder(execution));
}

/** What no shard has: popularity, everybody's history, ids and attributes. */
async function writeCatalogue(
  artefact: ArtefactWriter,
  dataset: Dataset,
  { users, items, itemColumn }: Columns,
): Promise<void> {
  const popular = popularityOf(popularity(dataset, ALL_PARTS));
  await artefact.writeTensors("popular.safetensors", popularityTensors(popular));
  for (const format of LINE_FORMATS) {
    const writer = await artefact.create(`popular_items.${format}`);
    await writePopularLines(writer, format, popular, itemColumn);
  }
  const seen = seenSetsOf(dataset.userOffsets, dataset.item);
  await artefact.writeTensors("seen.safetensors", seenTensors(seen));
  await artefact.writeTensors("users.safetensors", entityTensors(users));
  await artefact.writeTensors("items.safetensors", entityTensors(items));
}

function contentOf(
  { users, items }: Dataset,
  { userColumn, itemColumn }: Columns,
  kMax: number,
  probabilityOf: string,
): ServingContent {
  return {
    users,
    items,
    kMax,
    userIds: userColumn.form,
    itemIds: itemColumn.form,
    probabilityOf,
    coldUser: "the popularity distribution over all items, calibrated as a user without history",
  };
}
