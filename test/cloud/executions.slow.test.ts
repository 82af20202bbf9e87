import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { executionPaths, readExecution } from "../../src/recipe/index.ts";
import { type Bucket, openBucket } from "../../src/storage/index.ts";
import type { WorkflowEvent } from "../../src/workflow/index.ts";
import { type Ended, recsys, start } from "../cli/recsys.ts";
import { missingPython } from "../python.ts";
import { realJobs } from "./real-jobs.ts";
import { type Account, environmentOf, startAccount } from "./sagemaker-stand-in.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`MiniStack is skipped: ${missing}`);

const IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";
const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
const BUCKET = ["--bucket", "s3://shop"];
const IN_AWS = ["--target", "aws", ...BUCKET];
const PREFIX = "RecSys_Recipe_StepFunctions_CDK";
const FAST = [
  "--set",
  "training.budgetMinutes=0.1",
  "--set",
  "instances.transform.instanceCount=2",
];

describe.skipIf(missing !== undefined)("executions in AWS: MiniStack, with real jobs", () => {
  const folder = mkdtempSync(join(tmpdir(), "recsys-executions-"));
  const ending = new AbortController();
  let account: Account;
  let bucket: Bucket;
  let env: Record<string, string>;
  /** Held back until the test lets them go on. */
  let hold: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    const run = realJobs(folder, ending.signal);
    account = await startAccount(async (resource, request, print) => {
      await hold;
      return run(resource, request, print);
    });
    env = environmentOf(account.url);
    Object.assign(process.env, env);
    await account.aws.rest("s3", "PUT", "/shop", LOCATION);
    bucket = await openBucket("s3://shop", PREFIX);
    await succeeds(
      "sample",
      join(folder, "shop"),
      "--users",
      "200",
      "--items",
      "80",
      "--interactions",
      "4000",
    );
    for (const stack of ["collector", "core"]) {
      await succeeds("deploy", stack, ...IN_AWS, "--image", IMAGE, "--yes");
    }
  });
  afterAll(async () => {
    ending.abort();
    await account.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => recsys(args, { env, cwd: folder });
  async function succeeds(...args: string[]): Promise<Ended> {
    const ended = await run(...args);
    expect(ended.code, ended.stderr).toBe(0);
    return ended;
  }
  async function statesOf(workflow: "collector" | "core", name: string): Promise<string[]> {
    const { events } = (await readExecution(bucket, workflow, name))!;
    return events.flatMap((event) => (event.type === "StateSucceeded" ? [event.state] : []));
  }

  test("Q54 Q55 the collector runs in Step Functions: its record, its progress and its result are a local one's", async () => {
    const raw = ["--raw", join(folder, "shop"), "--name", "collector-1"];
    const { stderr, stdout } = await succeeds("execute", "collector", ...raw, ...IN_AWS);
    expect(stderr).toContain("in Step Functions in eu-west-1");
    expect(stderr).toMatch(/Collect: done/);
    expect(stdout).toMatch(/users, .* items, .* interactions/);
    expect(await statesOf("collector", "collector-1")).toContain("PublishData");
    expect((await readExecution(bucket, "collector", "collector-1"))?.status).toBe("succeeded");
  });

  test("Q58 the core too; its events are those of the local engine, but for times and what each job says of itself", async () => {
    await succeeds("execute", "core", "--name", "core-1", ...IN_AWS, ...FAST, ...gate(0));
    const { events } = (await readExecution(bucket, "core", "core-1"))!;
    const place = join(folder, "local");
    const raw = ["--raw", join(folder, "shop"), "--bucket", place];
    await succeeds("execute", "collector", "--name", "collector-1", ...raw);
    await succeeds(
      ...["execute", "core", "--name", "core-1", "--bucket", place, ...FAST, ...gate(0)],
    );
    const local = await openBucket(place, PREFIX);
    const here = (await readExecution(local, "core", "core-1"))!.events;
    expect(events.map(shapeOf)).toEqual(here.map(shapeOf));
  });

  test("what the jobs print in CloudWatch lies in the bucket as a local execution's logs, and progress is no line of it", async () => {
    expect(await linesOf(bucket, "core-1")).toEqual(
      await linesOf(await openBucket(join(folder, "local"), PREFIX), "core-1"),
    );
    const { stderr } = await succeeds("execute", "core", "--name", "seen", ...IN_AWS, ...FAST);
    expect(stderr).toMatch(/Train: (?!started|done)/);
  });

  test("A24 a name is used once, and a model that is rejected has exit code 4", async () => {
    const again = await run("execute", "core", "--name", "core-1", ...IN_AWS);
    expect({ code: again.code, stderr: again.stderr }).toEqual({
      code: 6,
      stderr: expect.stringContaining("choose another name") as string,
    });
    const weak = await run("execute", "core", "--name", "weak", ...IN_AWS, ...FAST, ...gate(0.99));
    expect(weak.code, weak.stderr).toBe(4);
    const evaluation = `${executionPaths("core", "weak").folder}/evaluation.json`;
    expect(await bucket.head(evaluation)).toBeDefined();
  });

  test("A10 a rejected model is promoted: it goes on behind the gate, in the same record", async () => {
    const why = ["--reason", "a sale in the test weeks"];
    await succeeds("promote", "weak", ...why, ...IN_AWS);
    const { events, status } = (await readExecution(bucket, "core", "weak"))!;
    expect(status).toBe("succeeded");
    const since = events.findIndex(({ type }) => type === "ExecutionRedriven");
    const entered = events
      .slice(since)
      .flatMap((event) => (event.type === "StateEntered" ? [event.state] : []));
    expect(entered).toEqual(["ServedRounds", "Refit", "Transform", "Merge", "Publish", "Served"]);
    const { served } = JSON.parse((await succeeds("status", ...BUCKET, "--json")).stdout) as {
      readonly served: string;
    };
    expect(served).toBe("weak");
  });

  test("Ctrl-C leaves it running; the same command follows it again, and its end is there however it was followed", async () => {
    const release = holdJobs();
    const first = start(["execute", "core", "--name", "long", ...IN_AWS, ...FAST, ...gate(0)], {
      env,
      cwd: folder,
    });
    await first.says("Train: started");
    first.process.kill("SIGINT");
    expect((await first.ended).code).toBe(130);
    const { executions } = JSON.parse((await succeeds("status", ...IN_AWS, "--json")).stdout) as {
      readonly executions: readonly { readonly name: string; readonly status: string }[];
    };
    expect(executions.find(({ name }) => name === "long")?.status).toBe("running");
    const here = await run("execute", "core", "--name", "long", ...BUCKET);
    expect({ code: here.code, stderr: here.stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining("Step Functions in eu-west-1") as string,
    });
    release();
    await succeeds("execute", "core", "--name", "long", ...IN_AWS);
    expect((await readExecution(bucket, "core", "long"))?.status).toBe("succeeded");
  });

  test("an execution that was left is stopped by its name", async () => {
    const release = holdJobs();
    await succeeds("execute", "core", "--name", "left", ...IN_AWS, ...FAST, "--detach");
    const stopped = await succeeds("stop", "core", "left", ...BUCKET, "--json");
    expect(JSON.parse(stopped.stdout)).toEqual({
      ...{ workflow: "core", name: "left", status: "aborted" },
    });
    expect((await readExecution(bucket, "core", "left"))?.status).toBe("aborted");
    release();
  });

  test("a job that fails says why, where a job of SageMaker's says it: in the middle of its description", async () => {
    const bad = join(folder, "bad");
    await succeeds("sample", bad, "--users", "20", "--items", "20", "--interactions", "200");
    writeFileSync(join(bad, "user_item_interactions.csv"), "nothing,of,use\n");
    const raw = ["--raw", bad, "--name", "collector-bad"];
    const { code, stderr } = await run("execute", "collector", ...raw, ...IN_AWS);
    expect(code).toBe(3);
    expect(stderr).toMatch(/user_item_interactions\.csv/);
    const { logs } = executionPaths("collector", "collector-bad");
    const [log] = await bucket.list(`${logs}/`);
    expect(log?.path).toMatch(/^.*\/recsys-collector-bad-collect-[^/]+\/algo-1\.log$/);
    const text = Buffer.from(await bucket.read(log!.path)).toString("utf8");
    expect(text).toMatch(/^\S+Z error .*user_item_interactions\.csv/m);
  });

  test("without its stack nothing is executed, and the message says what to do", async () => {
    await succeeds("burn", "core", ...BUCKET, "--yes");
    const { code, stderr } = await run("execute", "core", "--name", "none", ...IN_AWS);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("recsys deploy core --target aws") as string,
    });
  });

  /** Keeps jobs from beginning until the result is called. */
  function holdJobs(): () => void {
    let release = (): void => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      release();
    };
  }
});

/** An event without what differs from run to run. */
function shapeOf(event: WorkflowEvent): unknown {
  const text = JSON.stringify(event, (key, value: unknown) =>
    VARYING.has(key) || typeof value === "number" ? "…" : value,
  );
  // MiniStack does not count redrives.
  return JSON.parse(
    text.replaceAll("-None-", "-0-").replaceAll(/s3:\/\/shop|\/[^"]*\/local/g, "BUCKET"),
  );
}
const VARYING = new Set(["time", "Usage", "cause", "ExitMessage"]);

/** What is kept of each job's hosts: file → lines without their times. */
async function linesOf(bucket: Bucket, name: string): Promise<Readonly<Record<string, string>>> {
  const { logs } = executionPaths("core", name);
  const lines: Record<string, string> = {};
  for (const { path } of await bucket.list(`${logs}/`)) {
    const text = Buffer.from(await bucket.read(path)).toString("utf8");
    lines[path.replace("-None-", "-0-")] = text.replaceAll(/^\S+ |\d+/gm, "");
  }
  return lines;
}

/** A gate at this NDCG@10. */
function gate(threshold: number): readonly string[] {
  return ["--set", `evaluation.gate.threshold=${threshold}`];
}
