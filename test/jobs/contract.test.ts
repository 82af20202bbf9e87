import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { EXIT } from "../../src/jobs/index.ts";

const entry = fileURLToPath(new URL("./fake-job.ts", import.meta.url));

/** Starts the job binary as a container would be: only files and variables, no runner. */
function container(job: string, files: Record<string, unknown>) {
  const root = mkdtempSync(join(tmpdir(), "opt-ml-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  mkdirSync(join(root, "input", "config"), { recursive: true });
  mkdirSync(join(root, "config"));
  mkdirSync(join(root, "scratch"));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(root, name), JSON.stringify(content));
  }
  const { status, stdout } = spawnSync(process.execPath, [entry, job], {
    env: { ...process.env, ML_ROOT: root, TMPDIR: join(root, "scratch"), COLOUR: "blue" },
    encoding: "utf8",
  });
  const read = (name: string): string | undefined =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8") : undefined;
  return { status, stdout, read, scratch: readdirSync(join(root, "scratch")) };
}

const third = { current_host: "algo-3", hosts: ["algo-1", "algo-2", "algo-3"] };

test("a processing container reads config/resourceconfig.json and leaves its message", () => {
  const { status, stdout, read, scratch } = container("tell", {
    "config/resourceconfig.json": third,
    "config/processingjobconfig.json": {},
  });
  expect(status).toBe(EXIT.done);
  expect(JSON.parse(read("output/message")!)).toEqual({
    hyperparameters: {},
    shard: { index: 2, count: 3 },
    colour: "blue",
  });
  expect(stdout).toContain(`{"progress":{"activity":"tell"`);
  expect(stdout).toContain(`{"usage":{"seconds":`);
  expect(scratch).toEqual([]);
});

test("a training container reads input/config/", () => {
  const { read } = container("tell", {
    "input/config/resourceconfig.json": { current_host: "algo-1", hosts: ["algo-1"] },
    "input/config/hyperparameters.json": { learningRate: "0.01" },
  });
  expect(JSON.parse(read("output/message")!)).toMatchObject({
    hyperparameters: { learningRate: "0.01" },
    shard: { index: 0, count: 1 },
  });
});

test("a failure stands in output/failure, and the exit code says whose it is", () => {
  const fail = container("fail", { "config/resourceconfig.json": third });
  expect(fail.status).toBe(EXIT.failed);
  expect(fail.read("output/failure")).toBe("the disk is full");
  const badData = container("bad-data", { "config/resourceconfig.json": third });
  expect(badData.status).toBe(EXIT.badData);
  expect(badData.read("output/failure")).toBe("a.csv:3: rating must be a number");
});

test("a folder without configuration is refused by name", () => {
  const { status, read } = container("tell", {});
  expect(status).toBe(EXIT.failed);
  expect(read("output/failure")).toMatch(/has no config\/resourceconfig\.json/);
});
