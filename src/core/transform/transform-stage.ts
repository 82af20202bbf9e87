import type { StageRun } from "../../schema/index.ts";
import { type Bucket, encodeRows } from "../../storage/index.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { emptyBoards } from "./board-offers.ts";
import { readColumns } from "./columns.ts";
import { openLineFiles, USER_LINES } from "./line-files.ts";
import { scoreShard } from "./score-shard.ts";
import { readServedModel } from "./served-model.ts";
import { shardFolder, USER_LIST_COUNT, writeBoards } from "./shard-files.ts";

/** Users between two reports of progress. */
const REPORT_USERS = 256;

/**
 * Scores this shard's users against all items and leaves rows, lines and item boards under
 * `shards/<index>/` for the merge. The same users' rows are the same bytes in whatever shard.
 */
export async function transformStage(bucket: Bucket, run: StageRun): Promise<void> {
  const { shard, config, execution } = run;
  const processed = run.inputs["processed_data"]!;
  const modelExecution = run.inputs["model"] ?? execution;
  const kernels = await openCoreKernels(run.threads);
  try {
    const executions = { model: modelExecution, data: processed };
    const model = await readServedModel(kernels, bucket, executions, config);
    const layout = { k: config.transform.kMax, lists: USER_LIST_COUNT };
    const folder = shardFolder(execution, shard.index);
    const rows = await bucket.create(`${folder}/users.rows`);
    if (shard.index === 0) {
      const cold = { start: model.users, end: model.users + 1 };
      await scoreShard(kernels, model, cold, undefined, (_, lists) =>
        rows.write(encodeRows(layout, [lists])),
      );
    }
    const { userColumn, itemColumn } = await readColumns(bucket, processed);
    const lines = await openLineFiles((name) => bucket.create(`${folder}/${name}`), USER_LINES, {
      key: userColumn,
      value: itemColumn,
      header: shard.index === 0,
    });
    const start = Math.floor((model.users * shard.index) / shard.count);
    const end = Math.floor((model.users * (shard.index + 1)) / shard.count);
    const boards = emptyBoards(model.items, config.transform.kMax);
    await scoreShard(kernels, model, { start, end }, boards, async (user, lists) => {
      if ((user - start) % REPORT_USERS === 0) {
        run.signal.throwIfAborted();
        const [done, total] = [user - start, end - start];
        run.report({ activity: "score all pairs", done, total, unit: "users" });
      }
      await rows.write(encodeRows(layout, [lists]));
      await lines.write(user, lists);
    });
    await rows.close();
    await lines.close();
    await writeBoards(bucket, `${folder}/boards.safetensors`, boards);
  } finally {
    await kernels.close();
  }
}
