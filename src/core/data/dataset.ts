import {
  type FeatureColumn,
  PART,
  ProcessedDataContent,
  Vocabulary,
  type VocabularyToken,
} from "../../schema/index.ts";
import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  readManifest,
  type Tensors,
} from "../../storage/index.ts";

/** A part of the split, as in {@link PART}. */
export type Part = (typeof PART)[keyof typeof PART];

/** Feature tokens of N items or users, row by row. */
export interface Tokens {
  /** (N+1): row n's tokens are `tokens[offsets[n] … offsets[n+1])`. */
  readonly offsets: Uint32Array;
  readonly tokens: Uint32Array;
  /** Distinct tokens; each is below this. */
  readonly count: number;
  /** (count), the feature column each token belongs to. */
  readonly featureOf: Uint32Array;
}

/** Scaled `int` and `double` features of N items or users: (N, columns), NaN where missing. */
export interface Numbers {
  readonly columns: number;
  readonly values: Float32Array;
}

/** The collector's output in memory: rows sorted by user, then time, then file order. */
export interface Dataset {
  readonly users: number;
  readonly items: number;
  readonly rows: number;
  /** (users + 1): user u's rows are `userOffsets[u] … userOffsets[u+1]`. */
  readonly userOffsets: Uint32Array;
  /** (rows) item index. */
  readonly item: Uint32Array;
  readonly rating: Float32Array;
  /** (rows) Unix seconds. */
  readonly timestamp: Float64Array | undefined;
  /** (rows) a {@link Part}. */
  readonly part: Uint8Array;
  readonly ratings: "implicit" | "explicit";
  /** A rating at or above this is a positive (A21). */
  readonly positiveThreshold: number;
  /** How the rows were divided, as the collector names it. */
  readonly split: string;
  readonly itemTokens: Tokens;
  readonly itemNumbers: Numbers;
  readonly itemFeatures: readonly FeatureColumn[];
  readonly userTokens: Tokens;
  readonly userNumbers: Numbers;
  readonly userFeatures: readonly FeatureColumn[];
}

/**
 * Reads `processed_data/<execution>/`.
 *
 * @throws ObjectNotFoundError if the collector has not finished this execution
 */
export async function readDataset(bucket: Bucket, execution: string): Promise<Dataset> {
  const manifest = await readManifest(bucket, "processed_data", execution);
  const content = ProcessedDataContent.parse(manifest.content);
  const folder = artefactFolder("processed_data", execution);
  const tensors = async (name: string) => decodeSafetensors(await bucket.read(`${folder}/${name}`));
  const json = Buffer.from(await bucket.read(`${folder}/vocabulary.json`)).toString("utf8");
  const vocabulary = Vocabulary.parse(JSON.parse(json));

  const interactions = await tensors("interactions.safetensors");
  const items = await tensors("items.safetensors");
  const users = await tensors("users.safetensors");
  return {
    users: content.users,
    items: content.items,
    rows: content.rows,
    userOffsets: take(interactions, "user_offsets", Uint32Array, content.users + 1),
    item: take(interactions, "item", Uint32Array, content.rows),
    rating: take(interactions, "rating", Float32Array, content.rows),
    timestamp: content.hasTimestamps
      ? take(interactions, "timestamp", Float64Array, content.rows)
      : undefined,
    part: take(interactions, "part", Uint8Array, content.rows),
    ratings: content.ratings,
    positiveThreshold: content.positiveThreshold,
    split: content.split,
    itemTokens: tokensOf(items, content.items, vocabulary.items, content.itemFeatures),
    itemNumbers: numbersOf(items, content.items),
    itemFeatures: content.itemFeatures,
    userTokens: tokensOf(users, content.users, vocabulary.users, content.userFeatures),
    userNumbers: numbersOf(users, content.users),
    userFeatures: content.userFeatures,
  };
}

function tokensOf(
  tensors: Tensors,
  rows: number,
  vocabulary: readonly VocabularyToken[],
  features: readonly FeatureColumn[],
): Tokens {
  const columnOf = new Map(features.map(({ name }, column) => [name, column]));
  const offsets = take(tensors, "token_offsets", Uint32Array, rows + 1);
  return {
    offsets,
    tokens: take(tensors, "tokens", Uint32Array, offsets[rows]!),
    count: vocabulary.length,
    featureOf: Uint32Array.from(vocabulary, ({ feature }) => {
      const column = columnOf.get(feature);
      if (column === undefined) throw new RangeError(`vocabulary names no column: "${feature}"`);
      return column;
    }),
  };
}

function numbersOf(tensors: Tensors, rows: number): Numbers {
  const columns = tensors["numbers"]?.shape[1] ?? 0;
  return { columns, values: take(tensors, "numbers", Float32Array, rows * columns) };
}

function take<Values extends object>(
  tensors: Tensors,
  name: string,
  type: new (length: number) => Values,
  length: number,
): Values {
  const values = tensors[name]?.values;
  if (!(values instanceof type) || values.length !== length) {
    const got = values === undefined ? "nothing" : `${values.length} of ${values.constructor.name}`;
    throw new RangeError(`processed_data needs ${length} of ${type.name} as "${name}", got ${got}`);
  }
  return values;
}
