import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { openAccount, stepFunctions } from "../../../src/cloud/index.ts";
import { groupLine } from "../../../src/panel/server/executions/logs/group-line.ts";
import { engineOf } from "../../../src/recipe/index.ts";
import { environmentOf } from "../../cloud/sagemaker-stand-in.ts";
import { addPerson, browser, panel } from "./panel.ts";

const FUNCTION = "2026/11/27/RecSys-Responder[$LATEST]0a1b2c";
const time = "2026-11-27T08:30:00.000Z";
const ofApi = (message: string, stream = FUNCTION) => groupLine("api", { stream, time, message });

describe("a line of the log group", () => {
  test("of the function has its level and its words, and what was measured", () => {
    const message = JSON.stringify({
      ...{ level: "info", time: 1_795_768_200_000, reqId: "r-1", method: "GET" },
      ...{ path: "/recommend/popular", statusCode: 200, milliseconds: 7, msg: "answered" },
    });
    expect(ofApi(message)).toEqual({
      ...{ time, level: "info", workflow: null, execution: null, state: null, host: "function" },
      text: "answered reqId=r-1 method=GET path=/recommend/popular statusCode=200 milliseconds=7",
    });
    const failed = { level: "error", err: { message: "no such bucket" }, msg: "could not start" };
    expect(ofApi(JSON.stringify(failed))).toMatchObject({
      level: "error",
      text: "could not start no such bucket",
    });
  });

  // As in "Lambda Telemetry API event schema reference" (docs.aws.amazon.com).
  test.each([
    ["success", "debug"],
    ["timeout", "error"],
  ])("that Lambda adds to a call that ended in %s is of level %s", (status, level) => {
    const record = { requestId: "r-1", status, metrics: { durationMs: 12.5, memorySizeMB: 1024 } };
    const message = JSON.stringify({ time, type: "platform.report", record });
    expect(ofApi(message)).toMatchObject({
      level,
      text: `platform.report ${status} durationMs=12.5 memorySizeMB=1024`,
    });
  });

  test("that is plain text is shown as it is", () => {
    expect(ofApi("REPORT RequestId: r-1\tDuration: 3 ms")).toMatchObject({ level: "debug" });
    expect(ofApi("{ no JSON")).toMatchObject({ level: "info", text: "{ no JSON" });
  });

  test("of API Gateway's access log says so", () => {
    const line = ofApi('{"path":"/prod/recommend/popular","status":"429"}', "0".repeat(32));
    expect(line).toMatchObject({
      host: "API Gateway",
      text: "path=/prod/recommend/popular status=429",
    });
  });

  // As in "Using CloudWatch Logs to log execution history" of Step Functions.
  test.each([
    ["TaskStateEntered", { name: "Train" }, "debug", "Train", "TaskStateEntered"],
    [
      "TaskFailed",
      {
        resourceType: "sagemaker",
        resource: "createTrainingJob.sync",
        error: "E",
        cause: "it died",
      },
      ...(["error", null, "TaskFailed: createTrainingJob.sync: E: it died"] as const),
    ],
    ["ExecutionSucceeded", {}, "info", null, "ExecutionSucceeded"],
    ["ExecutionAborted", {}, "warn", null, "ExecutionAborted"],
  ])("of a state machine, %s, names its execution", (type, details, level, state, text) => {
    const message = JSON.stringify({
      ...{ id: "2", type, details, event_timestamp: "1795768200000" },
      execution_arn:
        "arn:aws:states:eu-west-1:111122223333:execution:RecSysRecipeCoreWorkflow:core-1",
    });
    const stream = "states/RecSysRecipeCoreWorkflow/2026-11-27-08-30/0a1b";
    expect(groupLine("workflows", { stream, time, message })).toEqual({
      ...{
        time,
        level,
        workflow: "core",
        execution: "core-1",
        state,
        host: "Step Functions",
        text,
      },
    });
  });
});

test("Q102 a log group that may not be read says which right is missing, and the jobs' lines stay readable", async () => {
  const words = "User: x is not authorized to perform: logs:DescribeLogStreams on resource: y";
  const server = createServer((_, response) => {
    response.writeHead(400, { "Content-Type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify({ __type: "AccessDeniedException", message: words }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const environment = environmentOf(`http://127.0.0.1:${port}`);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const account = openAccount();
  const { app, state } = await panel({
    cloud: { account, engine: engineOf(stepFunctions(account)) },
  });
  addPerson(state, "vera", "viewer");
  const vera = await browser(app, "vera");
  const answer = await vera.ask("GET", "/panel/api/logs?source=api");
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("log group RecSys");
  expect(answer.body).toContain("logs:DescribeLogStreams");
  expect((await vera.ask("GET", "/panel/api/logs")).json()).toEqual([]);
});
