import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { INTERACTION_COLUMNS, type Progress, RAW_FILES } from "../schema/index.ts";
import { InteractionLines } from "./interaction-lines.ts";
import { interactionsOf } from "./interactions.ts";
import { ITEM_COLUMNS, itemRows } from "./item-features.ts";
import type { ShopOptions } from "./options.ts";
import { generateShop, keyOf, type Shop } from "./shop.ts";
import { type Column, csvLine, description } from "./table.ts";
import { PROBABILITIES_FILE, writeProbabilities } from "./true-probabilities-file.ts";
import { USER_COLUMNS, userRows } from "./user-features.ts";

export interface SampleOptions {
  /** Whether the CSV files name their columns; the documentation's examples do not. (false) */
  readonly header?: boolean;
  /** Whether `user_features.csv` and its description are written. (false) */
  readonly userFeatures?: boolean;
  /** Whether the true interaction probabilities are written. (false) */
  readonly probabilities?: boolean;
  readonly report?: (progress: Progress) => void;
  /** Aborted when the user stops: the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const ROWS_PER_WRITE = 10_000;

/**
 * Draws a shop and writes its raw files into a folder, which is made if need be. Interactions and
 * probabilities are streamed: memory grows with users and items, not with their product or the rows.
 *
 * @returns the names of the files written
 * @throws RangeError if an option is out of range
 */
export async function writeSampleShop(
  folder: string,
  options: Partial<ShopOptions> = {},
  sampleOptions: SampleOptions = {},
): Promise<readonly string[]> {
  const { header = false, userFeatures = false, probabilities = false } = sampleOptions;
  const shop = generateShop(options);
  await mkdir(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);

  await writeInteractions(path(RAW_FILES.interactions), shop, sampleOptions);
  await writeFeatures(path(RAW_FILES.itemFeatures), ITEM_COLUMNS, itemRows(shop), header);
  await writeFile(path(RAW_FILES.itemDescription), description(ITEM_COLUMNS));
  const files: string[] = [
    RAW_FILES.interactions,
    RAW_FILES.itemFeatures,
    RAW_FILES.itemDescription,
  ];
  if (userFeatures) {
    await writeFeatures(path(RAW_FILES.userFeatures), USER_COLUMNS, userRows(shop), header);
    await writeFile(path(RAW_FILES.userDescription), description(USER_COLUMNS));
    files.push(RAW_FILES.userFeatures, RAW_FILES.userDescription);
  }
  if (probabilities) {
    await writeProbabilities(path(PROBABILITIES_FILE), shop, sampleOptions);
    files.push(PROBABILITIES_FILE);
  }
  return files;
}

async function writeInteractions(
  path: string,
  shop: Shop,
  { header = false, report, signal }: SampleOptions,
): Promise<void> {
  await using file = await open(path, "w");
  if (header) await file.writeFile(csvLine(INTERACTION_COLUMNS));
  const lines = new InteractionLines(keyOf(shop.options.seed, "interaction ids"));
  let done = 0;
  for (const week of interactionsOf(shop)) {
    signal?.throwIfAborted();
    await file.writeFile(lines.encode(week));
    done += week.userIndex.length;
    report?.({
      activity: "draw interactions",
      done,
      total: shop.options.interactions,
      unit: "rows",
    });
  }
}

async function writeFeatures(
  path: string,
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
  header: boolean,
): Promise<void> {
  await using file = await open(path, "w");
  let waiting = header ? [csvLine(columns.map(({ name }) => name))] : [];
  for (const row of rows) {
    waiting.push(csvLine(row));
    if (waiting.length === ROWS_PER_WRITE) waiting = await flush(file, waiting);
  }
  await flush(file, waiting);
}

async function flush(file: FileHandle, lines: readonly string[]): Promise<string[]> {
  await file.writeFile(lines.join(""));
  return [];
}
