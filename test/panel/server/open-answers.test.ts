import { get, type IncomingMessage } from "node:http";

import { expect, onTestFinished, test } from "vitest";

import type { AddRoutes } from "../../../src/panel/server/index.ts";
import { addPerson, browser, panel } from "./panel.ts";

/** A stream of events that never ends by itself. */
const stream: AddRoutes = (app) => {
  app.get("/panel/api/stream", { config: { access: "viewer" } }, (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { "content-type": "text/event-stream" });
    reply.raw.write("data: hello\n\n");
  });
};

async function streaming() {
  const { app, state } = await panel({ groups: [stream] });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  for (const name of ["ada", "bob"]) addPerson(state, name, "admin");
  const ada = await browser(app, "ada");
  const bob = await browser(app, "bob");
  const opened = await Promise.all([ada, bob].map(({ cookie }) => follow(url, cookie)));
  return { ada, bob, opened };
}

/** Opens the stream; tells whether it has ended since. */
function follow(url: string, cookie: string): Promise<{ readonly hasEnded: () => boolean }> {
  return new Promise((resolve, reject) => {
    const options = { headers: { cookie }, agent: false };
    get(`${url}/panel/api/stream`, options, (response: IncomingMessage) => {
      let ended = false;
      onTestFinished(() => void response.destroy()); // or the panel would wait for it
      response.on("error", () => undefined).on("close", () => (ended = true));
      response.once("data", () => {
        resolve({ hasEnded: () => ended });
      });
    }).on("error", reject);
  });
}

test("a logout ends the streams of that session and no others", async () => {
  const { ada, opened } = await streaming();
  expect((await ada.ask("DELETE", "/panel/api/session")).statusCode).toBe(204);
  await expect.poll(() => opened[0]!.hasEnded()).toBe(true);
  expect(opened[1]!.hasEnded()).toBe(false);
});

test("so does a change of role by somebody else", async () => {
  const { bob, opened } = await streaming();
  await bob.ask("PATCH", "/panel/api/people/ada", { role: "viewer" });
  await expect.poll(() => opened[0]!.hasEnded()).toBe(true);
  expect(opened[1]!.hasEnded()).toBe(false);
});
