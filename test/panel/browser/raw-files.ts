import { existsSync } from "node:fs";
import { join } from "node:path";

import { type ShopOptions, writeSampleShop } from "../../../src/sample/index.ts";
import { RAW_FILES } from "../../../src/schema/index.ts";

/** As many users, items and rows as MovieLens' ml-latest-small, whose licence does not let it be shipped. */
export const AS_ML_LATEST_SMALL: Partial<ShopOptions> = {
  users: 610,
  items: 9_742,
  interactions: 100_836,
  ratings: "explicit",
};

/** A shop that a test can wait for: every state of it takes about a second. */
export const SMALL: Partial<ShopOptions> = {
  users: 200,
  items: 100,
  interactions: 4_000,
  ratings: "explicit",
};

const NAMES = [RAW_FILES.interactions, RAW_FILES.itemFeatures, RAW_FILES.itemDescription];

/** Draws a shop into a folder that is not there yet; the paths of its three files. */
export async function drawShop(folder: string, options: Partial<ShopOptions>): Promise<string[]> {
  await writeSampleShop(folder, options);
  return NAMES.map((name) => join(folder, name));
}

/** The real ml-latest-small, where `RECSYS_ML_LATEST_SMALL` names a folder with its three raw files. */
export function movieLens(): string[] | undefined {
  const folder = process.env["RECSYS_ML_LATEST_SMALL"];
  if (folder === undefined) return undefined;
  const files = NAMES.map((name) => join(folder, name));
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new Error(`RECSYS_ML_LATEST_SMALL names a folder without ${missing.join(", ")}`);
  }
  return files;
}

export const NO_MOVIE_LENS =
  "name a folder with ml-latest-small's three raw files in RECSYS_ML_LATEST_SMALL";
