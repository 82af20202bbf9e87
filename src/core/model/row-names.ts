import { DataError, Vocabulary, type VocabularyToken } from "../../schema/index.ts";
import {
  artefactFolder,
  type ArtefactWriter,
  type Bucket,
  openTensors,
  readManifest,
  type StringTable,
  vector,
} from "../../storage/index.ts";

/** What the rows of a model's tables stand for: without it weights mean something beside their own data only. */
export interface RowNames {
  /** (I) the id of each row of the ID tables, ascending as in processed_data */
  readonly items: StringTable;
  /** (F) the feature and its value of each row of the token tables; none for a model without features */
  readonly tokens: readonly VocabularyToken[];
}

const ITEMS = "items.safetensors";
const VOCABULARY = "vocabulary.json";

/** The rows that a model of `processed_data/<execution>/` has. */
export async function dataRowNames(
  bucket: Bucket,
  execution: string,
  useFeatures: boolean,
): Promise<RowNames> {
  const names = await readRowNames(bucket, artefactFolder("processed_data", execution));
  return useFeatures ? names : { ...names, tokens: [] };
}

/**
 * The rows that the model of `model/<execution>/` has.
 *
 * @throws DataError if the model keeps no names
 */
export async function modelRowNames(bucket: Bucket, execution: string): Promise<RowNames> {
  await requireRowNames(bucket, execution);
  return readRowNames(bucket, artefactFolder("model", execution));
}

/** @throws DataError if `model/<execution>/` was written before models kept the names of their rows */
export async function requireRowNames(bucket: Bucket, execution: string): Promise<void> {
  const { files } = await readManifest(bucket, "model", execution);
  if (ITEMS in files && VOCABULARY in files) return;
  throw new DataError(
    { file: `${artefactFolder("model", execution)}/${ITEMS}` },
    `the model of "${execution}" was trained by a version that did not keep which items its weights belong to, ` +
      "so it cannot score other data; train a new one: execute core without --model",
  );
}

/** Puts the names beside the weights: `items.safetensors` (`id_offsets`, `id_bytes`) and `vocabulary.json`. */
export async function writeRowNames(
  artefact: ArtefactWriter,
  { items, tokens }: RowNames,
): Promise<void> {
  await artefact.writeTensors(ITEMS, {
    id_offsets: vector(items.offsets),
    id_bytes: vector(items.bytes),
  });
  const vocabulary: Vocabulary = { items: [...tokens], users: [] };
  await artefact.write(VOCABULARY, JSON.stringify(vocabulary));
}

/** Reads the names in a folder of processed_data or of a model; of the former's items nothing but the ids. */
async function readRowNames(bucket: Bucket, folder: string): Promise<RowNames> {
  const reader = await openTensors(bucket, `${folder}/${ITEMS}`);
  try {
    const whole = (name: string) => reader.read(name, 0, reader.entries.get(name)?.shape[0] ?? 0);
    const [offsets, bytes] = [await whole("id_offsets"), await whole("id_bytes")];
    const json = Buffer.from(await bucket.read(`${folder}/${VOCABULARY}`)).toString("utf8");
    return {
      items: { offsets: offsets as Uint32Array, bytes: bytes as Uint8Array },
      tokens: Vocabulary.parse(JSON.parse(json)).items,
    };
  } finally {
    await reader.close();
  }
}
