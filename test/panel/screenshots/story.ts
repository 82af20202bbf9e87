import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { RAW_FILES } from "../../../src/schema/index.ts";

const DAY = 86_400;
/** The second collector finds so many days more than the first: what was recommended meets what came after. */
const NEWER_DAYS = 28;
/** Impressions reach back so far. */
const SHOWN_DAYS = 180;

/** Of what each source shows: how many in a row until one is followed, and how often that ends in a purchase. */
const SOURCES: Readonly<Record<string, { readonly shown: number; readonly bought: number }>> = {
  recsys: { shown: 7, bought: 0.34 },
  search: { shown: 11, bought: 0.27 },
  category: { shown: 16, bought: 0.2 },
  homepage: { shown: 25, bought: 0.15 },
};

/** Rows as they come in where nobody looks at them. */
const BROKEN_ROWS = [
  "broken-1,17,203,five,search,1780000000",
  "broken-2,,88,1,homepage,1780000100",
  "broken-3,42,91,1,recsys,yesterday",
  "broken-4,42,17",
];

/** Two folders of raw files: of a shop, and of the same shop four weeks later. */
export interface Story {
  readonly before: string;
  readonly now: string;
}

/** Writes the sample shop's files as of four weeks before its end and as of its end, with what was shown to whom. */
export async function writeStory(folder: string): Promise<Story> {
  const story = { before: join(folder, "before"), now: join(folder, "now") };
  for (const at of Object.values(story)) await writeSampleShop(at, {}, { userFeatures: true });
  const file = join(story.now, RAW_FILES.interactions);
  const rows = (await readFile(file, "utf8")).trimEnd().split("\n");
  const end = timeOf(rows.at(-1)!);
  const older = rows.filter((row) => timeOf(row) < end - NEWER_DAYS * DAY);
  const impressions = impressionsOf(rows.filter((row) => timeOf(row) > end - SHOWN_DAYS * DAY));
  await mkdir(folder, { recursive: true });
  await writeFile(join(story.before, RAW_FILES.interactions), lines([...older, ...BROKEN_ROWS]));
  await writeFile(join(story.now, RAW_FILES.interactions), lines([...rows, ...BROKEN_ROWS]));
  for (const [at, until] of [
    [story.before, end - NEWER_DAYS * DAY],
    [story.now, end],
  ] as const) {
    const shown = impressions.filter(({ time }) => time < until).map(({ line }) => line);
    await writeFile(join(at, RAW_FILES.impressions), lines([IMPRESSION_HEADER, ...shown]));
  }
  return story;
}

const IMPRESSION_HEADER = "impression_id,user_id,item_id,timestamp,source,value";

/** What was shown before each interaction: the item itself, and others that nobody followed. */
function impressionsOf(
  rows: readonly string[],
): { readonly time: number; readonly line: string }[] {
  const random = seeded(7);
  return rows.flatMap((row, place) => {
    const [, user, item, , source] = row.split(",");
    const { shown, bought } = SOURCES[source!] ?? { shown: 12, bought: 0.2 };
    const count = 1 + Math.floor(random() * (2 * shown - 1));
    const time = timeOf(row) - 20 - Math.floor(random() * 300);
    return Array.from({ length: count }, (_, at) => {
      const other = 1 + Math.floor(random() * 1000);
      const isBought = at === 0 && random() < bought;
      const value = isBought ? (5 + 70 * random() * random()).toFixed(2) : "";
      return {
        time,
        line: `${place}-${at},${user},${at === 0 ? item : other},${time},${source},${value}`,
      };
    });
  });
}

function timeOf(row: string): number {
  return Number(row.slice(row.lastIndexOf(",") + 1));
}

function lines(rows: readonly string[]): string {
  return `${rows.join("\n")}\n`;
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator, as in Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
