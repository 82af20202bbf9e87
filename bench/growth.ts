/**
 * How time and memory of the whole path grow with the data: sample shops of 1, 3 and 10 million interactions, each
 * collected, tuned, trained, evaluated, refitted and transformed with the default configuration.
 *
 * `node bench/growth.ts FOLDER [MILLIONS…]` keeps shops, buckets and results in FOLDER and does not measure a size again that
 * is there; it prints the table of docs/performance.md and writes FOLDER/growth.json, which `node bench/growth-chart.ts` draws.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeSampleShop } from "../src/sample/index.ts";

/** What one size took. */
export interface GrowthSize {
  readonly millions: number;
  readonly steps: readonly StepCost[];
  readonly ndcg: Readonly<Record<string, number>>;
}

interface StepCost {
  readonly step: string;
  readonly seconds: number;
  readonly peakRssBytes: number;
}

interface Result {
  readonly steps: readonly StepCost[];
  readonly scorers?: readonly { name: string; metrics: Record<string, { value: number }> }[];
}

const [folder, ...given] = process.argv.slice(2);
if (folder === undefined) throw new Error("name a folder for the shops and their buckets");
const sizes: GrowthSize[] = [];
for (const millions of given.length === 0 ? [1, 3, 10] : given.map(Number)) {
  sizes.push(await measured(folder, millions));
  writeFileSync(join(folder, "growth.json"), JSON.stringify(sizes, null, 2));
}
printTable(sizes);

async function measured(place: string, millions: number): Promise<GrowthSize> {
  const file = join(place, `${millions}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as GrowthSize;
  const raw = join(place, `shop-${millions}`);
  const bucket = join(place, `bucket-${millions}`);
  const counts = {
    users: 50_000 * millions,
    items: 10_000 * millions,
    interactions: millions * 1e6,
  };
  if (!existsSync(raw)) await writeSampleShop(raw, counts);
  rmSync(bucket, { recursive: true, force: true });
  const collected = recsys("execute", "collector", "--bucket", bucket, "--raw", raw);
  const made = recsys("execute", "core", "--bucket", bucket);
  const size = {
    millions,
    steps: [...collected.steps, ...made.steps],
    ndcg: Object.fromEntries(
      (made.scorers ?? []).map(({ name, metrics }) => [name, metrics["ndcg@10"]!.value]),
    ),
  };
  writeFileSync(file, JSON.stringify(size));
  return size;
}

/** Runs a command of the command line. */
function recsys(...args: readonly string[]): Result {
  const main = new URL("../src/cli/main.ts", import.meta.url).pathname;
  const { status, stdout } = spawnSync(
    process.execPath,
    [main, ...args, "--name", "growth", "--json"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`recsys ${args.join(" ")} ended with ${status}`);
  return JSON.parse(stdout) as Result;
}

function printTable(all: readonly GrowthSize[]): void {
  const cell = ({ seconds, peakRssBytes }: StepCost) =>
    `${seconds.toFixed(0)} s, ${(peakRssBytes / 1e9).toFixed(1)} GB`;
  console.log(`| step | ${all.map(({ millions }) => `${millions} M`).join(" | ")} |`);
  console.log(`| --- | ${all.map(() => "---").join(" | ")} |`);
  for (const [s, { step }] of all[0]!.steps.entries()) {
    console.log(`| ${step} | ${all.map(({ steps }) => cell(steps[s]!)).join(" | ")} |`);
  }
  const total = all.map(({ steps }) => {
    const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
    const peakRssBytes = Math.max(...steps.map((step) => step.peakRssBytes));
    return cell({ step: "", seconds, peakRssBytes });
  });
  console.log(`| **all** | ${total.join(" | ")} |`);
  for (const { millions, ndcg } of all) console.log(`${millions} M NDCG@10`, ndcg);
}
