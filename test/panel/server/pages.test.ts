import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";

import type { FastifyInstance } from "fastify";
import { expect, test } from "vitest";

import type { AddRoutes, PanelOptions } from "../../../src/panel/server/index.ts";
import { temporaryFolder } from "../../storage/temporary-folder.ts";
import { addPerson, browser, panel } from "./panel.ts";

const INDEX = '<!doctype html><script type="module" src="/assets/main-a1b2c3.js"></script>';
const SCRIPT = "console.log('hello');\n".repeat(100);

/** The pages as Vite builds them, with a secret beside their folder. */
async function built(options: Partial<PanelOptions> = {}) {
  const folder = await temporaryFolder();
  mkdirSync(`${folder}/pages/assets`, { recursive: true });
  writeFileSync(`${folder}/secret.txt`, "TOP SECRET");
  writeFileSync(`${folder}/pages/.env`, "TOP SECRET");
  writeFileSync(`${folder}/pages/index.html`, INDEX);
  writeFileSync(`${folder}/pages/favicon.svg`, "<svg/>");
  writeFileSync(`${folder}/pages/assets/main-a1b2c3.js`, SCRIPT);
  writeFileSync(`${folder}/pages/assets/main-a1b2c3.js.br`, brotliCompressSync(SCRIPT));
  const tried = await panel({ pagesFolder: `${folder}/pages`, ...options });
  addPerson(tried.state, "ada", "dashboard");
  return { ...tried, ada: await browser(tried.app, "ada") };
}

test("every page's path gives the one application, which holds no data and shows the login first", async () => {
  const { app } = await built();
  for (const path of ["/", "/customization", "/executions/core/core-1", "/setup?token=x"]) {
    const page = await app.inject(path);
    expect([page.statusCode, page.body, page.headers["content-type"]]).toEqual([
      200,
      INDEX,
      "text/html; charset=utf-8",
    ]);
    expect(page.headers["cache-control"]).toBe("no-cache");
  }
});

test("files with a hash in their name are kept for good and come compressed where they can", async () => {
  const { app } = await built();
  const plain = await app.inject("/assets/main-a1b2c3.js");
  expect([plain.statusCode, plain.body]).toEqual([200, SCRIPT]);
  expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(plain.headers["content-type"]).toMatch(/^text\/javascript|^application\/javascript/);
  const packed = await app.inject({
    url: "/assets/main-a1b2c3.js",
    headers: { "accept-encoding": "gzip, br" },
  });
  expect(packed.headers["content-encoding"]).toBe("br");
  expect(packed.headers["content-type"]).toBe(plain.headers["content-type"]);
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(SCRIPT);
  expect((await app.inject("/favicon.svg")).body).toBe("<svg/>");
  expect((await app.inject("/assets/gone.js")).statusCode).toBe(404);
});

test("no path leads out of the pages' folder", async () => {
  const { app } = await built();
  const port = Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
  for (const path of [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets//../../secret.txt",
    "/assets/%252e%252e/%252e%252e/secret.txt",
    "/assets/../.env",
    "/.env",
    "/assets/%00../../secret.txt",
    "//secret.txt",
    "/secret.txt/..",
  ]) {
    const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([path, answer.includes("TOP SECRET")]).toEqual([path, false]);
    const isPage = answer.startsWith("HTTP/1.1 200 ") && answer.endsWith(INDEX);
    expect([path, isPage || /^HTTP\/1\.1 4\d\d /.test(answer)]).toEqual([path, true]);
    if (path.startsWith("/assets/")) expect([path, isPage]).toEqual([path, false]);
  }
});

async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
  socket.write(request);
  await once(socket, "close");
  return answer;
}

test("every answer, refusals and missing pages too, has the strict policy and names no other host", async () => {
  const { app, ada } = await built();
  const policyOf = async (url: string) => {
    const { headers } = await ada.ask("GET", url);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers).not.toHaveProperty("strict-transport-security");
    return String(headers["content-security-policy"]).split(";");
  };
  for (const url of [
    "/",
    "/dashboard",
    "/assets/main-a1b2c3.js",
    "/assets/gone.js",
    "/panel/api/session",
    "/panel/api/people",
    "/panel/api/nothing",
  ]) {
    expect((await policyOf(url)).sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self' data:",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "frame-src 'self'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
  }
  const refused = await app.inject("/panel/api/session");
  expect(refused.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(refused.headers["cache-control"]).toBe("no-store");
});

test("only under TLS is the browser told to insist on it, and never for a self-signed certificate", async () => {
  for (const [transport, upgrade, hsts] of [
    ["plain", false, undefined],
    ["self-signed", true, undefined],
    ["tls", true, "max-age=31536000"],
  ] as const) {
    const { headers } = await (await built({ transport })).app.inject("/login");
    expect(String(headers["content-security-policy"]).includes("upgrade-insecure-requests")).toBe(
      upgrade,
    );
    expect(headers["strict-transport-security"]).toBe(hsts);
  }
});

test("a document that is shown in a frame runs nothing, and only our own pages may frame it", async () => {
  const report: AddRoutes = (app) => {
    app.get("/panel/api/report", { config: { access: "dashboard", framed: true } }, (_, reply) =>
      reply.type("text/html").send("<style></style>"),
    );
  };
  const { ada } = await built({ groups: [report] });
  const { headers } = await ada.ask("GET", "/panel/api/report");
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'self'; sandbox",
  );
  expect(headers["x-frame-options"]).toBe("SAMEORIGIN");
});

test("pages that have not been built say how", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "viewer");
  const page = await app.inject("/login");
  expect([page.statusCode, page.headers["content-type"]]).toEqual([
    503,
    "text/html; charset=utf-8",
  ]);
  expect(page.body).toContain("npm run build");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
});

test("A26 the dashboard's own port has the dashboard's pages and no others", async () => {
  const { another, ada } = await built();
  const app: FastifyInstance = await another({ dashboardOnly: true });
  const headers = { cookie: ada.cookie };
  const statusOf = async (url: string) => (await app.inject({ url, headers })).statusCode;
  for (const url of ["/dashboard", "/dashboard/items", "/setup", "/access"]) {
    expect([url, await statusOf(url)]).toEqual([url, 200]);
  }
  expect((await app.inject({ url: "/", headers })).headers.location).toBe("/dashboard");
  for (const url of [
    "/data",
    "/customization",
    "/dashboards",
    "/panel/api/people",
    "/recommend/popular",
  ]) {
    expect([url, await statusOf(url)]).toEqual([url, 404]);
  }
});
