import { Vocabulary, type VocabularyToken } from "../../../schema/index.ts";
import { artefactFolder, type Bucket, openTensors } from "../../../storage/index.ts";

/** The feature values of items, read from the file as they are asked for. */
export interface ItemTokens {
  /** The numbers of an item's values in the vocabulary. */
  tokensOf(item: number): Promise<readonly number[]>;
  /** Feature, value, and how many items carry it. */
  wordsOf(token: number): Promise<VocabularyToken>;
  close(): Promise<void>;
}

/** Opens the items' features of `processed_data/<execution>/`. */
export async function openItemTokens(bucket: Bucket, execution: string): Promise<ItemTokens> {
  const folder = artefactFolder("processed_data", execution);
  const tensors = await openTensors(bucket, `${folder}/items.safetensors`);
  let vocabulary: Promise<Vocabulary> | undefined;
  const readVocabulary = async (): Promise<Vocabulary> => {
    const bytes = await bucket.read(`${folder}/vocabulary.json`);
    return Vocabulary.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  };
  return {
    async tokensOf(item) {
      const [start = 0, end = 0] = await tensors.read("token_offsets", item, 2);
      return [...(await tensors.read("tokens", start, end - start))];
    },
    async wordsOf(token) {
      vocabulary ??= readVocabulary();
      return (await vocabulary).items[token]!;
    },
    close: () => tensors.close(),
  };
}
