import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { recsys } from "./recsys.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recsys-config-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Printed {
  readonly config: { readonly training: Readonly<Record<string, unknown>> };
  readonly origins: Readonly<Record<string, string>>;
}

async function config(args: readonly string[], env: Record<string, string>): Promise<Printed> {
  const { stdout } = await recsys(["config", "--json", ...args], { cwd: folder, env });
  return JSON.parse(stdout) as Printed;
}

test("the file of the working directory, the environment and the flags win in this order", async () => {
  const file = { training: { seed: 1, negatives: 11, maxEpochs: 21 } };
  writeFileSync(join(folder, "recsys.config.json"), JSON.stringify(file));
  const printed = await config(["--set", "training.seed=3"], {
    RECSYS_TRAINING__SEED: "2",
    RECSYS_TRAINING__NEGATIVES: "12",
  });
  expect(printed.config.training).toMatchObject({ seed: 3, negatives: 12, maxEpochs: 21 });
  expect(printed.origins).toEqual({
    "training.seed": "--set training.seed=3",
    "training.negatives": "RECSYS_TRAINING__NEGATIVES",
    "training.maxEpochs": "recsys.config.json:1:38",
  });
});

test("--config names another file, which must be there", async () => {
  writeFileSync(join(folder, "recsys.config.json"), '{"training": {"seed": 1}}');
  writeFileSync(join(folder, "other.json"), '\uFEFF{"training": {"negatives": 9}}');
  const printed = await config(["--config", "other.json"], {});
  expect(printed.config.training).toMatchObject({ seed: 0, negatives: 9 });
  const ended = await recsys(["config", "--config", "none.json"], { cwd: folder });
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toContain("--config none.json: there is no such file");
});

test("all problems are told at once, with place and value, before anything is started", async () => {
  writeFileSync(join(folder, "recsys.config.json"), '{\n "training": {"learning_rate": 1}\n}');
  const { code, stdout, stderr } = await recsys(["config", "--set", "training.seed=x"], {
    cwd: folder,
    env: { RECSYS_COLLECTOR__HEADER: "maybe" },
  });
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("3 problems");
  expect(stderr).toContain("recsys.config.json:2:15: training.learning_rate is not a setting; did");
  expect(stderr).toContain('got "maybe"');
  expect(stderr).toContain("--set training.seed=x: training.seed must be a whole number of at lea");
  expect(stderr).not.toContain("at Object."); // no stack trace unless asked for
});

test("without --json each setting is a line with its origin", async () => {
  const { stdout } = await recsys(["config", "--set", "keepExecutions=7"], { cwd: folder });
  expect(stdout).toMatch(/^keepExecutions +7 +--set keepExecutions=7$/m);
  expect(stdout).toMatch(/^training\.seed +0 +default$/m);
});
