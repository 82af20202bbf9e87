import { expect } from "vitest";

import { validateRawFiles } from "../../src/collector/index.ts";
import { DataError } from "../../src/schema/index.ts";
import { folderBucket } from "../../src/storage/index.ts";
import { countRecords } from "./csv.ts";
import { bucketWith, DOCUMENTED, stageRun } from "./shop.ts";

const HEADER = "interaction_id,user_id,item_id,rating,source,timestamp\n";
const TOKENS = [
  '"',
  '""',
  ",",
  "\n",
  "\r\n",
  "\r",
  "\0",
  "\uFEFF",
  "é",
  "[",
  "'",
  " ",
  "-",
  "NaN",
  "\x1b",
  "\x1f",
  "\x1b1",
  "9".repeat(20),
];

/**
 * Mutates the documented files by `seed`, collects them, and checks that no row of either is lost or
 * invented: accepted and set aside together are the records that a slow reader counts.
 *
 * @returns whether the files could be read at all
 */
export async function fuzzOnce(seed: number): Promise<boolean> {
  const random = generator(seed);
  const clean = String(DOCUMENTED["user_item_interactions.csv"]);
  const rows = clean.repeat(3).replace(/^[^,]*/gm, () => `i${Math.floor(random() * 1e9)}`);
  const interactions = HEADER + mutate(rows, random);
  const features = `item_id,name,age,genre\n${mutate(String(DOCUMENTED["item_features.csv"]), random)}`;
  const { folder } = bucketWith({
    ...DOCUMENTED,
    "user_item_interactions.csv": interactions,
    "item_features.csv": features,
  });
  const run = stageRun({ maxRejectedShare: 1 });
  try {
    const report = await validateRawFiles(folderBucket(folder, "."), run);
    for (const [at, text] of [interactions, features].entries()) {
      const { records, accepted, rejected } = report.files[at]!;
      expect(records, JSON.stringify(text)).toBe(countRecords(text) - 1);
      expect(accepted + rejected, JSON.stringify(text)).toBe(records);
    }
    expect(report.counts.rows).toBe(report.files[0]!.accepted);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false; // a whole file that cannot be understood, said so
    throw error;
  }
}

/** Puts one to five pieces of trouble into a text: a token, a cut, a repeat, a broken byte. */
function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let count = 1 + Math.floor(random() * 5); count > 0; count--) {
    const at = Math.floor(random() * mutated.length);
    const end = at + Math.floor(random() * 12);
    const token = TOKENS[Math.floor(random() * TOKENS.length)]!;
    const middle = [token, "", mutated.slice(at, end) + token + mutated.slice(at, end)];
    mutated = mutated.slice(0, at) + middle[Math.floor(random() * 3)]! + mutated.slice(end);
  }
  return mutated;
}

function generator(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
