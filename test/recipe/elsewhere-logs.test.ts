import { expect, test } from "vitest";

import {
  engineOf,
  executionPaths,
  type RedriveOptions,
  type WorkflowService,
} from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import type { Bucket } from "../../src/storage/index.ts";
import type { Happening, Json, Outcome, WorkflowEvent } from "../../src/workflow/index.ts";
import { handRunService, type HandRunService, LINE_TIME, runOf } from "./hand-run-service.ts";
import { createShop, type Shop, until } from "./shop.ts";

const USAGE = '{"usage":{"seconds":2,"peakRssBytes":1000}}';
const config = (hosts: number) =>
  RecSysConfig.parse({ instances: { collector: { instanceCount: hosts } } });

function execute(
  service: WorkflowService,
  { bucket }: Shop,
  { hosts = 1, ...more }: Partial<RedriveOptions> & { readonly hosts?: number } = {},
): Promise<Outcome> {
  const place = { bucket, workflow: "collector", name: "one" } as const;
  return engineOf(service).execute({ ...place, config: config(hosts), ...more });
}

const entered = ({ input }: HandRunService, state: string, run = 1): Happening => ({
  type: "StateEntered",
  ...runOf(state, run),
  input: input as unknown as Json,
});
const done = (state: string, run = 1): Happening => ({
  type: "StateSucceeded",
  ...runOf(state, run),
  output: {},
  next: null,
});
const failed = (state: string, run = 1): Happening => ({
  type: "StateFailed",
  ...runOf(state, run),
  error: "E",
  cause: "why",
});
const SUCCEEDED: Happening = { type: "ExecutionSucceeded", output: {} };

async function kept(bucket: Bucket): Promise<Readonly<Record<string, string>>> {
  const { logs } = executionPaths("collector", "one");
  const files: Record<string, string> = {};
  for (const { path } of await bucket.list(`${logs}/`)) {
    files[path.slice(logs.length + 1)] = Buffer.from(await bucket.read(path)).toString("utf8");
  }
  return files;
}

test("a job's lines are told while it runs, and are in their place before its end is told, though the last come late", async () => {
  const shop = createShop();
  const service = handRunService();
  const told: string[] = [];
  const events: WorkflowEvent[] = [];
  const running = execute(service, shop, {
    hosts: 2,
    onLog: ({ state, host, text }) => told.push(`${state ?? ""} ${host} ${text}`),
    onEvent: (event) => events.push(event),
  });
  await until(() => service.input !== undefined);
  const job = "recsys-one-collect-0-0";
  service.happens(entered(service, "Collect"));
  service.print({ job, host: "algo-1", text: "(node:1) a warning" });
  service.print({
    job,
    host: "algo-1",
    text: '{"progress":{"activity":"reading","done":1,"total":2}}',
  });
  await until(() => told.length === 1);
  expect(told).toEqual(["Collect algo-1 (node:1) a warning"]);
  expect(await kept(shop.bucket)).toEqual({});

  service.print({ job, host: "algo-1", text: USAGE });
  service.happens(done("Collect"), entered(service, "Measure"), done("Measure"), SUCCEEDED);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(events.map(({ type }) => type)).not.toContain("StateSucceeded");
  service.print({ job, host: "algo-2", text: "a late word" });
  service.print({ job, host: "algo-2", text: USAGE });
  service.print({ job: "recsys-one-measure-0-0", host: "algo-1", text: USAGE });

  expect(await running).toMatchObject({ status: "succeeded" });
  expect(await kept(shop.bucket)).toEqual({
    [`${job}/algo-1.log`]: `${LINE_TIME} warn (node:1) a warning\n`,
    [`${job}/algo-2.log`]: `${LINE_TIME} error a late word\n`,
  });
  expect(events.filter(({ type }) => type === "TaskProgress")).toMatchObject([
    {
      ...runOf("Collect"),
      progress: { activity: "reading", done: 1, total: 2, host: 0, hosts: 2 },
    },
  ]);
});

test("each try of a job has a log of its own", async () => {
  const shop = createShop();
  const service = handRunService();
  const running = execute(service, shop);
  await until(() => service.input !== undefined);
  service.happens(entered(service, "Collect"));
  for (const text of ["first", USAGE]) {
    service.print({ job: "recsys-one-collect-0-0", host: "algo-1", text });
  }
  service.happens(failed("Collect"), entered(service, "Collect", 2));
  await until(async () => Object.keys(await kept(shop.bucket)).length === 1);
  for (const text of ["second", USAGE]) {
    service.print({ job: "recsys-one-collect-0-1", host: "algo-1", text });
  }
  service.happens(done("Collect", 2), SUCCEEDED);
  await running;
  expect(await kept(shop.bucket)).toEqual({
    "recsys-one-collect-0-0/algo-1.log": `${LINE_TIME} error first\n`,
    "recsys-one-collect-0-1/algo-1.log": `${LINE_TIME} error second\n`,
  });
});

test("whoever goes on following has the lines of running jobs from their beginning, and leaves those of ended ones alone", async () => {
  const shop = createShop();
  const service = handRunService();
  const leave = new AbortController();
  const first = execute(service, shop, { suspend: leave.signal });
  await until(() => service.input !== undefined);
  service.happens(entered(service, "Collect"));
  service.print({ job: "recsys-one-collect-0-0", host: "algo-1", text: "of the first" });
  service.print({ job: "recsys-one-collect-0-0", host: "algo-1", text: USAGE });
  service.happens(done("Collect"), entered(service, "Measure"));
  service.print({ job: "recsys-one-measure-0-0", host: "algo-1", text: "begun" });
  await until(async () => Object.keys(await kept(shop.bucket)).length === 1);
  leave.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");

  const told: string[] = [];
  const second = execute(service, shop, { onLog: ({ text }) => told.push(text) });
  service.print({ job: "recsys-one-measure-0-0", host: "algo-1", text: "over" });
  service.print({ job: "recsys-one-measure-0-0", host: "algo-1", text: USAGE });
  service.happens(done("Measure"), SUCCEEDED);
  await second;
  expect(told).toEqual(["begun", "over"]);
  expect(await kept(shop.bucket)).toEqual({
    "recsys-one-collect-0-0/algo-1.log": `${LINE_TIME} error of the first\n`,
    "recsys-one-measure-0-0/algo-1.log": `${LINE_TIME} error begun\n${LINE_TIME} error over\n`,
  });
});

test("lines that cannot be read hold nothing up, and the log says once why they are not there", async () => {
  const shop = createShop();
  const service = handRunService();
  service.on.read = () => {
    throw new Error("access denied");
  };
  const told: string[] = [];
  const running = execute(service, shop, { onLog: ({ text }) => told.push(text) });
  await until(() => service.input !== undefined);
  service.happens(entered(service, "Collect"), done("Collect"), SUCCEEDED);
  expect(await running).toMatchObject({ status: "succeeded" });
  const words = "warning: what the jobs print cannot be read: access denied";
  expect(told).toEqual([words]);
  expect(Object.values(await kept(shop.bucket))).toEqual([
    expect.stringMatching(new RegExp(`^\\S+ warn ${words}\n$`)),
  ]);
});
