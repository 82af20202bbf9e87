import { type ItemVectors, openItemVectors } from "../../../core/index.ts";
import { type Pointer, ProcessedDataContent } from "../../../schema/index.ts";
import {
  type Bucket,
  openServingFolder,
  readManifest,
  type ServingFolder,
} from "../../../storage/index.ts";
import { type Entities, shownEntities } from "./entities.ts";
import { type HistoryReader, openHistory } from "./history.ts";
import { type ItemTokens, openItemTokens } from "./item-tokens.ts";
import { buildSearchIndex, type SearchIndex } from "./search-index.ts";
import { type ReadSources, sourcesReader } from "./sources.ts";
import { titleColumn } from "./titles.ts";

/** What is served, with all that explains it. Large tables stay in their files. */
export interface Served {
  readonly folder: ServingFolder;
  readonly executions: { readonly data: string; readonly model: string };
  /** Interactions that the model scores from. */
  readonly rows: number;
  readonly users: Entities;
  readonly items: Entities;
  /** (I) Interactions of each item. */
  readonly countOfItem: Uint32Array;
  readonly history: HistoryReader;
  /** `undefined` when the rows have no sources. */
  readonly readSources: ReadSources | undefined;
  readonly tokens: ItemTokens;
  readonly vectors: ItemVectors;
  searchIndex(side: "users" | "items"): Promise<SearchIndex>;
  /** (I) Users in whose ten best novel items each item stands. */
  recommendedTo(): Promise<Uint32Array>;
  close(): Promise<void>;
}

/**
 * Opens what the serving pointer names.
 *
 * @throws ObjectNotFoundError if what it was made from is gone
 */
export async function openServed(
  bucket: Bucket,
  pointer: Pointer,
  scratchFolder: string,
): Promise<Served> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(file: T): T => {
    opened.push(file);
    return file;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((file) => file.close()));
  };
  try {
    const folder = keep(await openServingFolder(bucket, pointer));
    const manifest = await readManifest(
      bucket,
      "batch_transform_inference_output",
      folder.execution,
    );
    const data = manifest.inputs["processed_data"]!;
    const model = manifest.inputs["model"] ?? folder.execution;
    const processed = await readManifest(bucket, "processed_data", data);
    const content = ProcessedDataContent.parse(processed.content);
    const users = shownEntities(folder.users, "user_id", titleColumn(content.userFeatures));
    const items = shownEntities(folder.items, "item_id", titleColumn(content.itemFeatures));
    const indexes = new Map<string, Promise<SearchIndex>>();
    let recommended: Promise<Uint32Array> | undefined;
    return {
      folder,
      executions: { data, model },
      rows: content.rows,
      users,
      items,
      countOfItem: countsByItem(folder),
      history: keep(await openHistory(bucket, data)),
      readSources: content.hasSources ? sourcesReader(bucket, data, scratchFolder) : undefined,
      tokens: keep(await openItemTokens(bucket, data)),
      vectors: keep(await openItemVectors(bucket, { model, data })),
      searchIndex(side) {
        const index = indexes.get(side) ?? buildSearchIndex(side === "users" ? users : items);
        indexes.set(side, index);
        return index;
      },
      recommendedTo: () => (recommended ??= countRecommended(folder)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function countsByItem({ popularity, content }: ServingFolder): Uint32Array {
  const counts = new Uint32Array(content.items);
  popularity.items.forEach((item, rank) => {
    counts[item] = popularity.counts[rank]!;
  });
  return counts;
}

const NOVEL = 1;
const TOP = 10;
/** Users between two breaths. */
const BREATH = 5000;

/** Looks once at everybody's ten best. */
async function countRecommended({ usersIndex, content }: ServingFolder): Promise<Uint32Array> {
  const counts = new Uint32Array(content.items);
  for (let user = 0; user < content.users; user++) {
    if (user % BREATH === 0) await new Promise(setImmediate);
    const { indices, count } = await usersIndex.readList(user + 1, NOVEL, TOP);
    for (let place = 0; place < count; place++) counts[indices[place]!]!++;
  }
  return counts;
}
