import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { openAccount, stepFunctions } from "../../src/cloud/index.ts";
import type { PrintedLine, ReadPrints } from "../../src/recipe/index.ts";
import type { Emulator } from "./emulator.ts";
import { startMiniStack } from "./mini-stack.ts";
import { missingPython } from "../python.ts";
import { environmentOf } from "./sagemaker-stand-in.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`MiniStack is skipped: ${missing}`);

const GROUP = "/aws/sagemaker/TrainingJobs";
const AT = Date.parse("2026-11-26T10:00:00.000Z");

describe.skipIf(missing !== undefined)("what jobs print, in CloudWatch Logs: MiniStack", () => {
  let aws: Emulator;
  beforeAll(async () => {
    aws = await startMiniStack();
  });
  afterAll(() => aws.stop());

  const logs = (action: string, body: object) => aws.json("logs", `Logs_20140328.${action}`, body);
  const writes = (logStreamName: string, messages: readonly string[]) =>
    logs("PutLogEvents", {
      ...{ logGroupName: GROUP, logStreamName },
      logEvents: messages.map((message, index) => ({ timestamp: AT + index, message })),
    });
  async function makes(logStreamName: string, messages: readonly string[]): Promise<void> {
    await logs("CreateLogGroup", { logGroupName: GROUP }).catch(() => undefined); // it is there
    await logs("CreateLogStream", { logGroupName: GROUP, logStreamName });
    await writes(logStreamName, messages);
  }
  const prints = (namePrefix: string, url = aws.url): ReadPrints =>
    stepFunctions(openAccount(environment(url))).prints("training", namePrefix);

  test("before the first job of its kind there is no group, and nothing to read", async () => {
    expect(await linesOf(prints("recsys-a-train-"))).toEqual([]);
  });

  test("a line is told once, with its job, its host and its time; what comes later is told later", async () => {
    await makes("recsys-b-train-0-0/algo-1-1790000000", ["one\n", "two"]);
    await makes("recsys-b-train-0-0/algo-2-1790000001", ["three"]);
    await makes("recsys-b2-train-0-0/algo-1-1790000002", ["of another execution"]);
    const read = prints("recsys-b-train-");
    const job = "recsys-b-train-0-0";
    expect(await linesOf(read)).toEqual([
      { job, host: "algo-1", time: "2026-11-26T10:00:00.000Z", text: "one" },
      { job, host: "algo-1", time: "2026-11-26T10:00:00.001Z", text: "two" },
      { job, host: "algo-2", time: "2026-11-26T10:00:00.000Z", text: "three" },
    ]);
    expect(await linesOf(read)).toEqual([]);
    await writes("recsys-b-train-0-0/algo-1-1790000000", ["x", "y", "four"]);
    expect((await linesOf(read)).map(({ text }) => text)).toContain("four");
    expect(await linesOf(read)).toEqual([]);
  });

  test("a stream of more than a page, and more streams than a page, are read to their end", async () => {
    const many = Array.from({ length: 25_000 }, (_, index) => `line ${index}`);
    await makes("recsys-c-train-0-0/algo-1-1", many.slice(0, 10_000));
    for (const from of [10_000, 20_000]) {
      await logs("PutLogEvents", {
        ...{ logGroupName: GROUP, logStreamName: "recsys-c-train-0-0/algo-1-1" },
        logEvents: many
          .slice(from, from + 10_000)
          .map((message, index) => ({ timestamp: AT + from + index, message })),
      });
    }
    expect((await linesOf(prints("recsys-c-train-"))).map(({ text }) => text)).toEqual(many);
    const hosts = Array.from({ length: 60 }, (_, index) => `algo-${index + 1}`);
    for (const host of hosts) await makes(`recsys-d-train-0-0/${host}-1`, [host]);
    const texts = (await linesOf(prints("recsys-d-train-"))).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(hosts.toSorted());
  });

  test("calls that CloudWatch throttles are made again", async () => {
    await makes("recsys-e-train-0-0/algo-1-1", ["one"]);
    const url = await refusing(aws.url, "ThrottlingException", 3);
    expect(await linesOf(prints("recsys-e-train-", url))).toMatchObject([{ text: "one" }]);
  });

  test("where it may not be read, the group and the missing right are named", async () => {
    const url = await refusing(aws.url, "AccessDeniedException", Infinity);
    await expect(linesOf(prints("recsys-e-train-", url))).rejects.toThrow(
      /\/aws\/sagemaker\/TrainingJobs.*"logs:DescribeLogStreams" is missing/,
    );
  });
});

/** What is printed since the last reading. */
async function linesOf(read: ReadPrints): Promise<readonly PrintedLine[]> {
  const lines: PrintedLine[] = [];
  await read((line) => lines.push(line));
  return lines;
}

function environment(url: string): NodeJS.ProcessEnv {
  const variables = environmentOf(url);
  Object.assign(process.env, variables);
  return variables;
}

/** A server before another one that refuses the first calls with an error of AWS's. */
async function refusing(target: string, error: string, times: number): Promise<string> {
  let left = times;
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      if (left-- > 0) {
        const message =
          "User: arn:aws:sts::111122223333:assumed-role/panel is not authorized to perform: logs:DescribeLogStreams on resource: x";
        response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ __type: error, message }));
        return;
      }
      const { authorization = "", "x-amz-target": aim = "" } = request.headers;
      const answer = await fetch(target, {
        method: "POST",
        headers: { authorization, "x-amz-target": String(aim) },
        body: Buffer.concat(parts),
      });
      response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1" });
      response.end(await answer.text());
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
