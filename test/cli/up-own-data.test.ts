import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Ended, recsys, start } from "./recsys.ts";

const QUICK = [
  ["training.maxEpochs=1", "evaluation.bootstrapSamples=100"],
  ["evaluation.gate.threshold=0", "evaluation.gate.compareWithServed=false"],
]
  .flat()
  .flatMap((setting) => ["--set", setting]);

let folder: string;
let raw: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "recsys-own-"));
  raw = join(folder, "recsys-bucket", "RecSys_Recipe_StepFunctions_CDK", "raw_data");
  const size = ["--users", "90", "--items", "40", "--interactions", "1500"];
  for (const [name, seed] of [
    ["recsys-data", "1"],
    ["my-shop", "2"],
  ] as const) {
    const made = await recsys(["sample", name, ...size, "--seed", seed], { cwd: folder });
    expect(made.code).toBe(0);
  }
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function up(...args: string[]): Promise<Ended> {
  const running = start(["up", "--port", "0", "--json", ...QUICK, ...args], { cwd: folder });
  const ended = await Promise.race([
    running.says("\n}\n").then(() => undefined),
    running.ended.then((end) => end),
  ]);
  if (ended !== undefined) return ended;
  // A failure ends by itself, with the exit code that is asked for.
  if (!("error" in (JSON.parse(running.stdout()) as object))) running.process.kill("SIGINT");
  return running.ended;
}

const FILES = [
  "user_item_interactions.csv",
  "item_features.csv",
  "item_features_description.json",
] as const;
const inBucket = (name: string) => readFileSync(join(raw, name), "utf8");

/** Puts a file there as the panel does: without a record of a copy. */
async function upload(name: string, text: string): Promise<void> {
  const { folderBucket } = await import("../../src/storage/index.ts");
  const bucket = folderBucket(join(folder, "recsys-bucket"), "RecSys_Recipe_StepFunctions_CDK");
  await bucket.write(`raw_data/${name}`, text);
}

test("Q46 up leaves uploaded raw files as they are, waits for those that are missing, then collects them", async () => {
  const mine = (name: string) => readFileSync(join(folder, "my-shop", name), "utf8");
  await upload(FILES[0], mine(FILES[0]));
  const waiting = await up();
  expect(waiting.stderr).toContain("they stay as they are; still missing: item_features.csv, ");
  expect(waiting.code).toBe(0);
  expect(inBucket(FILES[0])).toBe(mine(FILES[0]));

  for (const name of FILES.slice(1)) await upload(name, mine(name));
  const collected = await up();
  expect(collected.stderr).toContain("they stay as they are, and are collected now.");
  expect(JSON.parse(collected.stdout)).toMatchObject({ core: { status: "succeeded" } });
  for (const name of FILES) expect(inBucket(name)).toBe(mine(name));

  const again = await up();
  expect(JSON.parse(again.stdout)).not.toHaveProperty("core");
}, 300_000);

test("Q46 an upload after an up stays: the next up serves what there is and says what to do", async () => {
  const changed = inBucket(FILES[0]).split("\n").slice(0, -2).join("\n");
  await upload(FILES[0], changed);
  const { stderr, stdout } = await up();
  expect(stderr).toContain("execute the collector and the core");
  expect(JSON.parse(stdout)).not.toHaveProperty("core");
  expect(inBucket(FILES[0])).toBe(changed);
}, 120_000);

test("up --data does not overwrite what was uploaded either, and says how to do it on purpose", async () => {
  const before = inBucket(FILES[0]);
  const { code, stderr } = await up("--data", "recsys-data");
  expect(code).toBe(3);
  expect(stderr).toContain("would be overwritten; leave out --data");
  expect(stderr).toContain("recsys execute collector --raw");
  expect(inBucket(FILES[0])).toBe(before);
}, 120_000);

test("up follows its own sample shop as that changes", async () => {
  rmSync(join(folder, "recsys-bucket"), { recursive: true });
  expect(JSON.parse((await up()).stdout)).toMatchObject({ core: { status: "succeeded" } });
  const file = join(folder, "recsys-data", FILES[0]);
  const fewer = readFileSync(file, "utf8").trimEnd().split("\n").slice(0, -1).join("\n");
  writeFileSync(file, `${fewer}\n`);
  expect(JSON.parse((await up()).stdout)).toMatchObject({ core: { status: "succeeded" } });
  expect(inBucket(FILES[0])).toBe(`${fewer}\n`);
}, 300_000);
