import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import { serveResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { serveShop } from "./shop.ts";
import { watched } from "./watched-bucket.ts";

const path =
  "/recommend/item-to-user?type=items2users&id_list=10&k=1&novel_only=0&return_attributes=0";
const answer = '{"10":[{"item_id":1,"interaction_probability":0.5}]}';

async function serve() {
  const store = await temporaryBucket();
  await serveShop(store, "core-1", {
    users: { 10: {} },
    items: { 1: {} },
    forUsers: { 10: { all: [["1", 0.5]], novel: [] } },
  });
  const bucket = watched(store);
  const config = ResponderConfig.parse({ port: 0 });
  const running = await serveResponder({ bucket, config, log: pino({ level: "silent" }) });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(async () => {
    agent.destroy();
    await running.close();
  });
  return { bucket, running, agent };
}

/** Asks over the agent's connection, which stays open. */
function ask(url: string, agent: Agent): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url + path, { agent }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        resolve({ status: response.statusCode, body });
      });
    });
    request.on("error", reject);
  });
}

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work;
  return (performance.now() - began) / 1000;
}

test("a connection that a client keeps open does not hold up the stop", async () => {
  const { running, agent } = await serve();
  expect(await ask(running.url, agent)).toEqual({ status: 200, body: answer });
  expect(await secondsOf(running.close())).toBeLessThan(5);
});

test("nor does one whose answer was under way, and the answer arrives whole", async () => {
  const { bucket, running, agent } = await serve();
  const release = bucket.hold();
  const asked = ask(running.url, agent);
  await expect.poll(() => bucket.waiting()).toBe(1);
  const stopped = running.close();
  await sleep(50);
  release();
  expect(await asked).toEqual({ status: 200, body: answer });
  expect(await secondsOf(stopped)).toBeLessThan(5);
  expect([...bucket.openFiles]).toEqual([]);
});

test("while it stops, a request that comes over an open connection is still answered", async () => {
  const { bucket, running } = await serve();
  const { port } = new URL(running.url);
  const socket = connect(Number(port), "127.0.0.1");
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => (received += text));
  const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const release = bucket.hold();
  socket.write(request);
  await expect.poll(() => bucket.waiting()).toBe(1);
  const stopped = running.close();
  await sleep(50);
  socket.write(request);
  await expect.poll(() => bucket.waiting()).toBe(2);
  const closed = once(socket, "close");
  release();
  await Promise.all([stopped, closed]);
  expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200"]);
  expect(received.split(answer)).toHaveLength(3);
});
