import { openScoring, type Scoring, threadsFor } from "../core/index.ts";
import { DataError, ProcessedDataContent, ScoringModel } from "../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  createIdLookup,
  folderBucket,
  type IdForm,
  ObjectNotFoundError,
  readEntities,
  readManifest,
  stringAt,
  type StringTable,
} from "../storage/index.ts";
import { SCORING_FILE } from "./scoring-file.ts";

/** A model that is ready to be asked, with the ids of its users and items. */
export interface LoadedModel extends Scoring {
  readonly ratings: ProcessedDataContent["ratings"];
  userIndex(id: string): number | undefined;
  itemIndex(id: string): number | undefined;
  itemIdOf(index: number): string | number;
  /** A user's id as the answer has it, known or not. */
  userIdOf(id: string): string | number;
}

/**
 * Loads what `recsys export-model` has written to a folder. It takes as much memory and time as a shard of the transform before its
 * first user: the histories of all users are read, for the model's statistics are made of them.
 *
 * @throws DataError if the folder holds no exported model
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const bucket = folderBucket(folder, ".");
  const { model, data, transform } = await readScoringFile(bucket, folder);
  const { content } = await readManifest(bucket, "processed_data", data);
  const { ratings, userIds, itemIds } = ProcessedDataContent.parse(content);
  const idsOf = async (file: string): Promise<StringTable> =>
    (await readEntities(bucket, `${artefactFolder("processed_data", data)}/${file}`)).ids;
  const [users, items] = [await idsOf("users.safetensors"), await idsOf("items.safetensors")];
  const threads = threadsFor({});
  const scoring = await openScoring(bucket, { model, data }, { threads, transform });
  return {
    ratings,
    userIndex: createIdLookup(users),
    itemIndex: createIdLookup(items),
    itemIdOf: (index) => inForm(stringAt(items, index), itemIds),
    // An unknown one may be no number at all.
    userIdOf: (id) => (Number.isSafeInteger(Number(id)) ? inForm(id, userIds) : id),
    rank: (queries) => scoring.rank(queries),
    close: () => scoring.close(),
  };
}

async function readScoringFile(bucket: Bucket, folder: string): Promise<ScoringModel> {
  try {
    const text = Buffer.from(await bucket.read(SCORING_FILE)).toString("utf8");
    return ScoringModel.parse(JSON.parse(text));
  } catch (error) {
    throw new DataError(
      { file: `${folder}/${SCORING_FILE}` },
      error instanceof ObjectNotFoundError
        ? `there is no model here; make one with "recsys export-model ${folder}", or mount or unpack one`
        : `this is no exported model of this version (${error instanceof Error ? error.message : String(error)}); export it anew`,
    );
  }
}

function inForm(id: string, form: IdForm): string | number {
  return form === "number" ? Number(id) : id;
}
