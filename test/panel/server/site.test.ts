import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { get } from "node:http";
import { get as secureGet } from "node:https";
import { connect } from "node:net";
import { TLSSocket } from "node:tls";

import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";

import { type RunningSite, serveSite } from "../../../src/panel/server/index.ts";
import { deployStack, undeployStack } from "../../../src/recipe/index.ts";
import { createResponder } from "../../../src/responder/index.ts";
import { assignmentLayer, type RecSysConfig, resolveConfig } from "../../../src/schema/index.ts";
import { changeApiKeys, type Bucket, folderBucket } from "../../../src/storage/index.ts";
import { serveShop } from "../../responder/shop.ts";
import { temporaryFolder } from "../../storage/temporary-folder.ts";
import { PASSWORD } from "./panel.ts";

const QUESTION = "type=items2users&id_list=10,77&k=1&novel_only=0&return_attributes=1";
const ASKED = `/recommend/item-to-user?${QUESTION}`;

const configOf = (settings: readonly string[]) => resolveConfig([assignmentLayer(settings, [])]);

interface Place {
  readonly folder: string;
  readonly bucket: Bucket;
}

/** A bucket that serves a shop of one item. */
async function place(): Promise<Place> {
  const folder = await temporaryFolder();
  const bucket = folderBucket(folder, "prefix");
  await serveShop(bucket, "core-1", {
    users: { 10: {} },
    items: { 1: { title: "One" } },
    cold: { all: [["1", 0.25]], novel: [] },
    forUsers: { 10: { all: [["1", 0.5]], novel: [] } },
  });
  return { folder, bucket };
}

async function site(
  { folder, bucket }: Place,
  settings: readonly string[] = [],
): Promise<RunningSite> {
  const running = await serveSite({
    bucket,
    base: configOf(["responder.port=0", ...settings]),
    stateFolder: `${folder}/.panel`,
    pagesFolder: `${folder}/pages`,
    version: "1.2.3",
    log: pino({ level: "silent" }),
    clock: () => new Date(),
  });
  onTestFinished(() => running.close().catch(() => undefined));
  return running;
}

function deploy({ bucket }: Place, settings: readonly string[] = []): Promise<unknown> {
  const { config }: { config: RecSysConfig } = configOf(settings);
  return deployStack(bucket, "responder", config, { by: "ada", at: new Date() });
}

const tokenIn = (link: string): string => new URL(link).searchParams.get("token") ?? "";

/** Takes the first admin's link. */
async function firstAdmin({ setup, url }: RunningSite) {
  const answer = await fetch(`${url}/panel/api/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: tokenIn(setup!.link), name: "ada", password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const headers = { cookie, "x-csrf-token": csrfToken, "content-type": "application/json" };
  return (method: string, path: string, body?: object) =>
    fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

test("while the responder is not deployed, the API says so with 503 and the panel answers", async () => {
  const { url } = await site(await place());
  for (const path of [ASKED, "/recommend", "/health/ready", "/metrics", "/docs", "/openapi.json"]) {
    const answer = await fetch(url + path);
    expect([path, answer.status, answer.headers.get("content-type")]).toEqual([
      path,
      503,
      "application/json; charset=utf-8",
    ]);
    expect(await answer.json()).toMatchObject({ error: { code: "nothing_served" } });
  }
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect((await fetch(`${url}/panel/api/session`)).status).toBe(401);
});

test("what the responder answers on the site is byte for byte what it answers alone", async () => {
  const where = await place();
  await deploy(where, ["responder.lenient=true"]);
  const { url } = await site(where);
  const config = configOf(["responder.lenient=true"]).config.responder;
  const alone = createResponder({ bucket: where.bucket, config });
  onTestFinished(() => alone.close());
  const other = await alone.listen({ port: 0, host: "127.0.0.1" });
  const exchange = (base: string, request: string) =>
    rawExchange(Number(new URL(base).port), request);
  const lines = "Host: x\r\nX-Request-Id: same\r\nConnection: close\r\n";
  const body = '{"type":"items2users","id_list":[10]}';
  for (const request of [
    `GET ${ASKED} HTTP/1.1\r\n${lines}\r\n`,
    `HEAD ${ASKED} HTTP/1.1\r\n${lines}\r\n`,
    `GET /recommend/item-to-user?type=items2users HTTP/1.1\r\n${lines}\r\n`,
    `GET /recommend/nothing HTTP/1.1\r\n${lines}\r\n`,
    `DELETE /recommend/popular HTTP/1.1\r\n${lines}\r\n`,
    `GET /recommend/popular?id_list=%ZZ HTTP/1.1\r\n${lines}\r\n`,
    `POST /recommend/item-to-user HTTP/1.1\r\n${lines}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    `POST /recommend/item-to-user HTTP/1.1\r\n${lines}Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{`,
    `GET /health/ready HTTP/1.1\r\n${lines}\r\n`,
    `GET /openapi.json HTTP/1.1\r\n${lines}\r\n`,
    `GET /docs HTTP/1.1\r\n${lines}\r\n`,
    `GET /docs/static/index.html HTTP/1.1\r\n${lines}\r\n`,
  ]) {
    expect(await exchange(url, request)).toBe(await exchange(other, request));
  }
});

/** The answer as it comes over the wire, but for the time it was given. */
async function rawExchange(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
  socket.write(request);
  await once(socket, "close");
  expect(answer).toMatch(/^HTTP\/1\.1 \d/);
  return answer.replace(/^date: .*\r\n/im, "");
}

test("the responder is exchanged under load without one failed request, GET and POST, and taken away by a burn", async () => {
  const where = await place();
  await deploy(where);
  const running = await site(where);
  const { url } = running;
  const ada = await firstAdmin(running);
  let going = true;
  const failures: unknown[] = [];
  let answered = 0;
  const body = '{"type":"items2users","id_list":[10],"k":1,"novel_only":0,"return_attributes":0}';
  const asking = [0, 1, 2, 3].map(async (i) => {
    while (going) {
      const isPost = i % 2 === 1;
      const answer = await (
        isPost
          ? fetch(`${url}/recommend/item-to-user`, {
              method: "POST",
              headers: { "content-type": "application/json" },
              body,
            })
          : fetch(url + ASKED)
      ).catch((error: unknown) => failures.push(error));
      if (typeof answer === "number") continue;
      if (answer.status !== 200) failures.push([answer.status, await answer.text()]);
      else await answer.arrayBuffer();
      answered++;
    }
  });
  for (let number = 0; number < 5; number++) {
    const before = answered;
    await deploy(where, [`responder.maxIds=${(number + 10).toString()}`]);
    await running.redeployResponder();
    await expect.poll(() => answered).toBeGreaterThan(before + 20);
  }
  going = false;
  await Promise.all(asking);
  expect(failures).toEqual([]);
  expect((await ada("GET", "/panel/api/session")).status).toBe(200);
  await undeployStack(where.bucket, "responder");
  await running.redeployResponder();
  expect((await fetch(url + ASKED)).status).toBe(503);
});

test("a request whose body is still coming when the responder is exchanged is answered by the old one", async () => {
  const where = await place();
  await deploy(where);
  const running = await site(where);
  const socket = connect(Number(new URL(running.url).port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
  const body = '{"type":"items2users","id_list":[10],"k":1,"novel_only":0,"return_attributes":0}';
  const head = `POST /recommend/item-to-user HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Content-Length: ${body.length.toString()}\r\n\r\n${body.slice(0, 10)}`);
  await expect.poll(() => socket.bytesWritten).toBeGreaterThan(100);
  expect((await fetch(running.url + ASKED)).status).toBe(200); // by now the first one has been routed
  await deploy(where, ["responder.maxIds=5"]);
  const redeployed = running.redeployResponder();
  await expect
    .poll(async () =>
      (await (await fetch(`${running.url}/openapi.json`)).text()).includes(
        "At most 5 distinct ids",
      ),
    )
    .toBe(true);
  socket.write(body.slice(10));
  await once(socket, "close");
  await redeployed;
  expect(answer).toContain("HTTP/1.1 200 OK");
  expect(answer).toContain('{"10":[{"item_id":1,"interaction_probability":0.5}]}');
});

test("keys made and removed in the panel count at once, beside those of the deployed configuration", async () => {
  const where = await place();
  const sha256 = createHash("sha256").update("configured").digest("hex");
  await deploy(where, ["responder.apiKeys.mode=required", "responder.refreshSeconds=3600"]);
  const running = await site(where, ["responder.apiKeys.mode=off"]); // the deployment decides
  const ada = await firstAdmin(running);
  const statusWith = async (key?: string) =>
    (await fetch(running.url + ASKED, key === undefined ? {} : { headers: { "x-api-key": key } }))
      .status;
  expect([await statusWith(), await statusWith("x")]).toEqual([401, 401]);
  const none = (await (await fetch(running.url + ASKED)).json()) as { error: { message: string } };
  expect(none.error.message).toContain("there is none yet");

  const made = (await (await ada("POST", "/panel/api/keys", { name: "shop" })).json()) as {
    key: string;
  };
  expect([await statusWith(made.key), await statusWith("configured"), await statusWith()]).toEqual([
    200, 401, 401,
  ]);

  await deploy(where, [
    "responder.apiKeys.mode=required",
    `responder.apiKeys.sha256=["${sha256}"]`,
    "responder.refreshSeconds=3600",
  ]);
  await running.redeployResponder();
  expect([await statusWith(made.key), await statusWith("configured")]).toEqual([200, 200]);

  const [key] = (await (await ada("GET", "/panel/api/keys")).json()) as { sha256: string }[];
  expect((await ada("DELETE", `/panel/api/keys/${key!.sha256}`)).status).toBe(204);
  expect([await statusWith(made.key), await statusWith("configured")]).toEqual([401, 200]);
});

test("a responder without a panel beside it finds the bucket's keys when it looks for new recommendations", async () => {
  const { bucket } = await place();
  const settings = ["responder.apiKeys.mode=required", "responder.refreshSeconds=0.02"];
  const app = createResponder({ bucket, config: configOf(settings).config.responder });
  onTestFinished(() => app.close());
  const statusOf = async () =>
    (await app.inject({ url: ASKED, headers: { "x-api-key": "shop's key" } })).statusCode;
  expect(await statusOf()).toBe(401);
  const sha256 = createHash("sha256").update("shop's key").digest("hex");
  const createdAt = new Date().toISOString();
  await changeApiKeys(bucket, () => [{ name: "shop", sha256, createdAt, createdBy: "ada" }]);
  await expect.poll(statusOf).toBe(200);
  await changeApiKeys(bucket, () => []);
  await expect.poll(statusOf).toBe(401);
});

test("the first start makes a link for the admin, every later one a new one until somebody has come", async () => {
  const where = await place();
  const first = await site(where);
  expect(first.setup!.link).toMatch(new RegExp(`^${first.url}/setup\\?token=[\\w-]{43}$`));
  await first.close();
  const second = await site(where);
  expect(tokenIn(second.setup!.link)).not.toBe(tokenIn(first.setup!.link));
  await expect(firstAdmin({ ...second, setup: first.setup })).rejects.toThrow();
  await firstAdmin(second);
  await second.close();
  expect((await site(where)).setup).toBeUndefined();
});

test("--tls self-signed really answers, with a certificate that stays the same over restarts", async () => {
  const where = await place();
  await deploy(where);
  const first = await site(where, ["panel.tls=self-signed"]);
  expect(first.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  const answer = await overTls(first.url + ASKED);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('"10":[{"item_id":1,"interaction_probability":0.5');
  expect(answer.certificate.fingerprint256).toBe(first.fingerprint);
  expect(answer.certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(answer.certificate.checkHost("localhost")).toBe("localhost");
  const page = await overTls(`${first.url}/login`);
  expect(page.headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  expect(page.headers).not.toHaveProperty("strict-transport-security");
  await first.close();
  const second = await site(where, ["panel.tls=self-signed"]);
  expect(second.fingerprint).toBe(first.fingerprint);
  // What speaks plain HTTP to it gets nothing.
  await expect(fetch(second.url.replace("https:", "http:"))).rejects.toThrow();
});

interface Secured {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly certificate: X509Certificate;
}

function overTls(url: string): Promise<Secured> {
  return new Promise((resolve, reject) => {
    const request = secureGet(url, { rejectUnauthorized: false, agent: false }, (response) => {
      if (!(response.socket instanceof TLSSocket)) throw new Error("no TLS");
      const { raw } = response.socket.getPeerCertificate();
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body, certificate: new X509Certificate(raw) });
      });
    });
    request.on("error", reject);
  });
}

test("A26 the dashboard's port lets in the same people and nothing but the dashboard", async () => {
  const where = await place();
  await deploy(where);
  const running = await site(where, ["panel.dashboardPort=0"]);
  expect(running.dashboardUrl).not.toBe(running.url);
  const ada = await firstAdmin(running);
  expect((await ada("GET", "/panel/api/people")).status).toBe(200);
  const dashboard = running.dashboardUrl!;
  for (const path of ["/panel/api/people", "/panel/api/keys", ASKED, "/metrics", "/docs"]) {
    expect([path, [401, 404].includes((await fetch(dashboard + path)).status)]).toEqual([
      path,
      true,
    ]);
  }
  const login = await fetch(`${dashboard}/panel/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "ada", password: PASSWORD }),
  });
  expect(await login.json()).toMatchObject({ name: "ada", dashboardOnly: true });
});

test("what is no HTTP is refused, and the server goes on", async () => {
  const { url } = await site(await place());
  const port = Number(new URL(url).port);
  expect(await rawExchange(port, "nonsense\r\n\r\n")).toContain('"code":"invalid_request"');
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`;
  expect(await rawExchange(port, long)).toContain("HTTP/1.1 431 ");
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});

test("a port that is taken is said to be, and nothing stays open", async () => {
  const where = await place();
  const first = await site(where);
  const port = new URL(first.url).port;
  await expect(site(where, [`responder.port=${port}`])).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await new Promise((resolve, reject) => {
    get(`${first.url}/health/live`, { agent: false }, resolve).on("error", reject);
  });
});
