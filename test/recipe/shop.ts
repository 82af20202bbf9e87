import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

import { type ExecuteOptions, executeWorkflow } from "../../src/recipe/index.ts";
import { RAW_FOLDER, RecSysConfig, REQUIRED_RAW_FILES } from "../../src/schema/index.ts";
import { type Bucket, folderBucket } from "../../src/storage/index.ts";
import type { Outcome } from "../../src/workflow/index.ts";

export const SERVING = "batch_transform_inference_output";
/** The entry of the job binary whose stages only pretend. */
export const FAKE_JOB = fileURLToPath(new URL("./fake-job.ts", import.meta.url));

/** A bucket in a folder of its own, and the fake job binary to fill it. */
export interface Shop {
  readonly folder: string;
  readonly bucket: Bucket;
  execute(
    workflow: "collector" | "core",
    name: string,
    more?: Partial<ExecuteOptions>,
  ): Promise<Outcome>;
  /** The same in a process of its own. */
  spawn(workflow: "collector" | "core", name: string, redis?: string): ChildProcess;
  /** Makes a job wait, and lets it go on. */
  hold(job: string): void;
  release(job: string): void;
  /** Number of the process that left the last line of the trace. */
  lastProcess(): number;
  /** What the jobs did: "start train 0/1", "end train 0/1", … */
  trace(): string[];
}

/** A bucket for one test, removed after it. */
export function createShop(settings: object = {}): Shop {
  const folder = mkdtempSync(join(tmpdir(), "recsys-recipe-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const config = RecSysConfig.parse({
    instances: { transform: { instanceCount: 2 } },
    ...settings,
  });
  const bucket = folderBucket(folder, config.bucketPrefix);
  const raw = join(folder, config.bucketPrefix, RAW_FOLDER);
  mkdirSync(raw, { recursive: true });
  for (const name of REQUIRED_RAW_FILES) writeFileSync(join(raw, name), "x");
  const trace = (): string[] => {
    const file = join(folder, "trace.log");
    if (!existsSync(file)) return [];
    return readFileSync(file, "utf8").trim().split("\n");
  };
  return {
    folder,
    bucket,
    execute: (workflow, name, more = {}) =>
      executeWorkflow({ bucket, workflow, name, config, jobEntry: FAKE_JOB, ...more }),
    spawn: (workflow, name, redis = "") => {
      const script = fileURLToPath(new URL("./execute-process.ts", import.meta.url));
      return spawn(
        process.execPath,
        [script, folder, workflow, name, JSON.stringify(config), FAKE_JOB, redis],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
    },
    hold: (job) => {
      writeFileSync(join(folder, `hold-${job}`), "");
    },
    release: (job) => {
      rmSync(join(folder, `hold-${job}`));
    },
    lastProcess: () => Number(trace().at(-1)?.split(" ")[3]),
    trace: () => trace().map((line) => line.split(" ").slice(0, 3).join(" ")),
  };
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt > 6000) throw new Error("waited for 60 s in vain");
    await new Promise((resume) => setTimeout(resume, 10));
  }
}
