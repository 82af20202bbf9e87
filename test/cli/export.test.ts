import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { ArtefactWriter, folderBucket, publish } from "../../src/storage/index.ts";
import { recsys } from "./recsys.ts";

const PREFIX = "RecSys_Recipe_StepFunctions_CDK";
const SERVED = "batch_transform_inference_output";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recsys-export-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function serveFiles(execution: string, files: Record<string, string>): Promise<void> {
  const bucket = folderBucket(join(folder, "recsys-bucket"), PREFIX);
  const writer = new ArtefactWriter(bucket, SERVED, execution);
  for (const [name, content] of Object.entries(files)) await writer.write(name, content);
  await writer.finish({ createdAtSeconds: 0, inputs: {}, content: {} });
  await publish(bucket, SERVED, execution);
}

test("Q11 export copies the CSV and JSON-lines files now served, and nothing else", async () => {
  await serveFiles("core-1", { "items2users.csv": "old" });
  const files = { "items2users.csv": "user_id\n10\n", "items2users.jsonl": "{}\n" };
  await serveFiles("core-2", { ...files, "users.index": "binary" });
  const { code, stdout } = await recsys(["export", "out", "--json"], { cwd: folder });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    execution: "core-2",
    files: [{ name: "items2users.csv", bytes: 11 }, { name: "items2users.jsonl" }],
  });
  expect(readdirSync(join(folder, "out"))).toEqual(Object.keys(files));
  expect(readFileSync(join(folder, "out", "items2users.csv"), "utf8")).toBe("user_id\n10\n");
});

test("a file that was damaged since it was written is refused and not exported", async () => {
  await serveFiles("core-1", { "items2users.csv": "user_id\n10\n" });
  const damaged = join(folder, "recsys-bucket", PREFIX, SERVED, "core-1", "items2users.csv");
  writeFileSync(damaged, "user_id\n11\n");
  const { code, stderr } = await recsys(["export", "out"], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain("items2users.csv");
  expect(stderr).toContain("damaged");
  expect(readdirSync(join(folder, "out"))).toEqual([]);
});

test("with nothing served yet export says what to run", async () => {
  const { code, stderr } = await recsys(["export", "out"], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('run "recsys up"');
});
