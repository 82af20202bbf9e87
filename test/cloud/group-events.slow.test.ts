import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { latestGroupEvents, type LogWriter, openAccount } from "../../src/cloud/index.ts";
import type { Emulator } from "./emulator.ts";
import { startMiniStack } from "./mini-stack.ts";
import { missingPython } from "../python.ts";
import { environmentOf } from "./sagemaker-stand-in.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`MiniStack is skipped: ${missing}`);

const AT = Date.parse("2026-11-27T10:00:00.000Z");
const FUNCTION = "2026/11/27/RecSys-Responder[$LATEST]0a";
const GATEWAY = "0123456789abcdef0123456789abcdef";
const machine = (name: string, hour: string) =>
  `states/RecSysRecipe${name}Workflow/2026-11-27-${hour}-00/0a`;

describe.skipIf(missing !== undefined)("Q102 the log group, in CloudWatch Logs: MiniStack", () => {
  let aws: Emulator;
  const logs = (action: string, body: object) => aws.json("logs", `Logs_20140328.${action}`, body);
  const writes = (logStreamName: string, ...messages: readonly (readonly [number, string])[]) =>
    logs("PutLogEvents", {
      ...{ logGroupName: "RecSys", logStreamName },
      logEvents: messages.map(([second, message]) => ({ timestamp: AT + 1000 * second, message })),
    });
  async function latest(writer: LogWriter, limit = 100, group = "RecSys") {
    const account = openAccount({ ...process.env, ...environmentOf(aws.url) });
    const events = await latestGroupEvents(account, { group, writer, limit });
    return events.map(({ message }) => message);
  }

  beforeAll(async () => {
    aws = await startMiniStack();
    Object.assign(process.env, environmentOf(aws.url));
    await logs("CreateLogGroup", { logGroupName: "RecSys" });
    const orders = "2026/11/27/Orders[$LATEST]0a";
    for (const logStreamName of [
      ...[FUNCTION, GATEWAY, orders, machine("Core", "08"), machine("Core", "09")],
      machine("Collector", "07"),
    ])
      await logs("CreateLogStream", { logGroupName: "RecSys", logStreamName });
    await writes(FUNCTION, [1, "answered a"], [3, "answered c"]);
    await writes(GATEWAY, [2, "access b"]);
    await writes(orders, [4, "of somebody else's function"]);
    await writes(machine("Collector", "07"), [0, "collector"]);
    await writes(machine("Core", "08"), [5, "core"]);
    await writes(machine("Core", "09"), [6, "core again\n"]);
  });
  afterAll(() => aws.stop());

  test("has the lines of the API, of its function and its gateway, and nobody else's", async () => {
    expect(await latest("api")).toEqual(["answered a", "access b", "answered c"]);
    expect(await latest("api", 2)).toEqual(["access b", "answered c"]);
  });

  test("has the lines of both state machines", async () => {
    expect(await latest("workflows")).toEqual(["collector", "core", "core again"]);
  });

  test("of which there is none yet has no lines", async () => {
    expect(await latest("api", 100, "not-there")).toEqual([]);
  });

  test("finds the API's few streams behind many others, and reads the ends of the latest", async () => {
    for (let at = 0; at < 120; at++) {
      const logStreamName = `states/RecSysRecipeCoreWorkflow/2026-11-28-00-${at}/0a`;
      await logs("CreateLogStream", { logGroupName: "RecSys", logStreamName });
      await writes(logStreamName, [100 + at, `later ${at}`]);
    }
    expect(await latest("api")).toEqual(["answered a", "access b", "answered c"]);
    expect((await latest("workflows", 1))[0]).toMatch(/^later/);
  });
});
