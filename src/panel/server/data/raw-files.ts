import {
  RAW_FILES,
  RAW_FOLDER,
  type RawFile,
  rawFileForms,
  REQUIRED_RAW_FILES,
} from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";

/** What each file is, for people; a file that is not named here is shown without words. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [RAW_FILES.interactions, "Who did what with which item: the rows that the model learns from."],
  [RAW_FILES.itemFeatures, "Every item of the catalogue, with its attributes."],
  [RAW_FILES.itemDescription, "The names and types of the columns of item_features.csv."],
  [RAW_FILES.userFeatures, "Users with their attributes. Together with its description."],
  [RAW_FILES.userDescription, "The names and types of the columns of user_features.csv."],
  ["impressions.csv", "What was shown to whom, for click-through rate and revenue."],
]);

/** Every raw file that the product knows, as it stands in `raw_data/`; both forms where both are there. */
export async function listRawFiles(bucket: Bucket): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const role of Object.values(RAW_FILES)) {
    const required = REQUIRED_RAW_FILES.includes(role);
    const what = WORDS.get(role) ?? "";
    const present: RawFile[] = [];
    for (const name of rawFileForms(role)) {
      const info = await bucket.head(rawPath(name));
      if (info === undefined) continue;
      present.push({ name, role, bytes: info.bytes, required, present: true, what });
    }
    if (present.length > 0) files.push(...present);
    else files.push({ name: role, role, bytes: 0, required, present: false, what });
  }
  return files;
}

/** The required raw files that are not there. */
export async function missingRawFiles(bucket: Bucket): Promise<readonly string[]> {
  const files = await listRawFiles(bucket);
  return files.filter(({ required, present }) => required && !present).map(({ name }) => name);
}

/** The raw file that a name means, `undefined` if it is none: nothing else may come into `raw_data/`. */
export function roleOf(name: string): string | undefined {
  return Object.values(RAW_FILES).find((role) => rawFileForms(role).includes(name));
}

/** Where a raw file stands in the bucket. */
export function rawPath(name: string): string {
  return `${RAW_FOLDER}/${name}`;
}
