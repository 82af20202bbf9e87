import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, expect, test } from "vitest";

import { executeWorkflow } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig } from "../../src/schema/index.ts";
import { folderBucket } from "../../src/storage/index.ts";
import { freePort } from "../storage/s3/s3-server.ts";
import { recsys } from "./recsys.ts";

const SERVE = fileURLToPath(new URL("../../src/scoring/main.ts", import.meta.url));
const CONFIG = RecSysConfig.parse({
  training: { maxEpochs: 2, embeddingSize: 16 },
  evaluation: { bootstrapSamples: 100 },
});
const cwd = mkdtempSync(join(tmpdir(), "recsys-export-model-"));
const root = join(cwd, "recsys-bucket", CONFIG.bucketPrefix);

beforeAll(async () => {
  await writeSampleShop(join(root, RAW_FOLDER), { users: 200, items: 80, interactions: 4000 });
  for (const workflow of ["collector", "core"] as const) {
    const bucket = folderBucket(join(cwd, "recsys-bucket"), CONFIG.bucketPrefix);
    const outcome = await executeWorkflow({ bucket, workflow, name: workflow, config: CONFIG });
    expect(outcome).toMatchObject({ status: "succeeded" });
  }
});
afterAll(() => {
  rmSync(cwd, { recursive: true });
});

test("export-model writes the same model as a folder and as an archive that tar unpacks", async () => {
  const { code, stdout, stderr } = await recsys(["export-model", "model", "--json"], { cwd });
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ execution: "core", model: "core", data: "collector" });
  expect(readdirSync(join(cwd, "model")).sort()).toEqual([
    "model",
    "processed_data",
    "scoring.json",
  ]);
  for (const name of ["one.tar.gz", "two.tar.gz"]) {
    expect(await recsys(["export-model", name], { cwd })).toMatchObject({ code: 0 });
  }
  expect(readFileSync(join(cwd, "one.tar.gz")).equals(readFileSync(join(cwd, "two.tar.gz")))).toBe(
    true,
  );
  mkdirSync(join(cwd, "unpacked"));
  execFileSync("tar", ["-xzf", "../one.tar.gz"], { cwd: join(cwd, "unpacked") });
  execFileSync("diff", ["-r", "model", "unpacked"], { cwd });
  expect(readdirSync(cwd).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("what was exported is served: /ping, an answer, and a stop at once", async () => {
  await recsys(["export-model", "opt-ml/model"], { cwd });
  const port = String(await freePort());
  const child = spawn(process.execPath, [SERVE], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ML_ROOT: join(cwd, "opt-ml"), SAGEMAKER_BIND_TO_PORT: port },
  });
  const ended = once(child, "exit");
  const ping = () =>
    fetch(`http://127.0.0.1:${port}/ping`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(ping, { timeout: 20_000 }).toBe(200);
  const answer = await fetch(`http://127.0.0.1:${port}/invocations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user_id: 10, k: 3 }),
  });
  const list = readFileSync(
    join(root, "batch_transform_inference_output/core/items2users.jsonl"),
    "utf8",
  )
    .split("\n")
    .filter((line) => line.startsWith('{"user_id":10,'))
    .slice(0, 3)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .map(({ item_id, interaction_probability }) => ({ item_id, interaction_probability }));
  expect(list).toHaveLength(3);
  expect(await answer.json()).toEqual({ user_id: 10, recommendations: list });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("without a model scoring ends and says what to do", async () => {
  const child = spawn(process.execPath, [SERVE], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ML_ROOT: join(cwd, "nowhere"), SAGEMAKER_BIND_TO_PORT: "0" },
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  expect(await once(child, "close")).toEqual([1, null]);
  expect(text).toMatch(/scoring\.json: there is no model here; make one with "recsys export-model/);
});

test("a damaged file is refused, and nothing served is said with what to run", async () => {
  appendFileSync(join(root, "model/core/served.safetensors"), "x");
  const { code, stderr } = await recsys(["export-model", "broken.tar.gz"], { cwd });
  expect(code).toBe(3);
  expect(stderr).toMatch(/served\.safetensors: the file is damaged.*execute core/);
  expect(readdirSync(cwd).filter((name) => name.startsWith("broken"))).toEqual([]);
  const nothing = await recsys(["export-model", "none", "--bucket", "empty"], { cwd });
  expect(nothing).toMatchObject({ code: 1 });
  expect(nothing.stderr).toContain('run "recsys up"');
});
