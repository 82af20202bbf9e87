import { readFileSync } from "node:fs";

import type { FastifyInstance, HTTPMethods, RouteOptions } from "fastify";
import { expect, test } from "vitest";

import type { Access, AddRoutes } from "../../../src/panel/server/index.ts";
import type { Role } from "../../../src/schema/index.ts";
import { addPerson, browser, panel, type Tried } from "./panel.ts";

const PASSED = 299;
const ROLES: readonly Role[] = ["dashboard", "viewer", "operator", "admin"];
const SAFE = ["GET", "HEAD"];

interface Route {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly access: Access;
}

/** One route of each access and method beside the product's own, so that no case is without one. */
const everyKind: AddRoutes = (app) => {
  for (const access of ["anyone", ...ROLES] as const) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
      app.route({
        method,
        url: `/panel/api/kind/${access}`,
        config: { access },
        handler: () => "",
      });
    }
  }
};

/** The panel with every route's handler replaced by an answer that tells that it was reached. */
async function gates(tried: Tried): Promise<{ app: FastifyInstance; routes: readonly Route[] }> {
  const { GROUPS } = await import("../../../src/panel/server/groups.ts");
  const routes: Route[] = [];
  const app = await tried.another({
    groups: [everyKind, ...GROUPS],
    onRoute(route: RouteOptions) {
      const access = route.config?.access;
      for (const method of [route.method].flat()) {
        if (route.url.startsWith("/panel/api/") && access !== undefined) {
          routes.push({
            method,
            access,
            url: route.url.replaceAll(/:\w+/g, "x").replace("*", "x"),
          });
        }
      }
      route.handler = (_request, reply) => reply.code(PASSED).send();
    },
  });
  return { app, routes };
}

async function walked() {
  const tried = await panel();
  const { app, routes } = await gates(tried);
  expect(routes.length).toBeGreaterThan(25 + 14);
  return { tried, app, routes };
}

test("without a login every route but those for anyone answers 401, whatever the method", async () => {
  const { app, routes } = await walked();
  const open: string[] = [];
  for (const { method, url, access } of routes) {
    const { statusCode } = await app.inject({ method, url });
    if (access === "anyone") {
      expect([method, url, statusCode]).toEqual([method, url, PASSED]);
      if (!url.includes("/kind/")) open.push(`${method} ${url}`);
    } else expect([method, url, statusCode]).toEqual([method, url, 401]);
  }
  expect(open).toEqual(["POST /panel/api/session", "POST /panel/api/setup"]);
});

test("docs/panel.md names every route and whom it lets in", async () => {
  const routes: string[] = [];
  const { another } = await panel();
  await another({
    onRoute({ method, url, config }) {
      for (const one of [method].flat()) {
        if (one === "HEAD" || !url.startsWith("/panel/api/")) continue;
        routes.push(`| \`${one} ${url.slice("/panel/api".length)}\` | ${config?.access ?? ""} |`);
      }
    },
  });
  const text = readFileSync(new URL("../../../docs/panel.md", import.meta.url), "utf8");
  const [, table = ""] = text.split("## Every route\n");
  const listed = table.replaceAll(/ +/g, " ").match(/^\| `.*$/gm);
  expect(listed).toEqual(routes.sort(byPlace));
});

/** By path, then by method. */
function byPlace(a: string, b: string): number {
  const key = (row: string): string => row.replace(/^\| `(\w+) (\S+)` .*$/, "$2 $1");
  return key(a) < key(b) ? -1 : 1;
}

test("a made-up cookie is no login", async () => {
  const { tried, app, routes } = await walked();
  addPerson(tried.state, "ada", "admin");
  const { cookie } = await browser(tried.app, "ada");
  const [name] = cookie.split("=");
  for (const { method, url, access } of routes) {
    if (access === "anyone") continue;
    const headers = { cookie: `${name!}=${"A".repeat(43)}` };
    expect((await app.inject({ method, url, headers })).statusCode).toBe(401);
  }
});

test.each(ROLES)(
  "the role %s gets through to just the routes that ask for it or for less",
  async (role) => {
    const { tried, app, routes } = await walked();
    addPerson(tried.state, "ada", role);
    const { cookie, csrf } = await browser(tried.app, "ada");
    for (const { method, url, access } of routes) {
      const { statusCode } = await app.inject({
        method,
        url,
        headers: { cookie, "x-csrf-token": csrf },
      });
      const may = access === "anyone" || ROLES.indexOf(role) >= ROLES.indexOf(access);
      expect([method, url, statusCode]).toEqual([method, url, may ? PASSED : 403]);
    }
  },
);

test("nothing is changed without the session's CSRF token, nor with that of another session", async () => {
  const { tried, app, routes } = await walked();
  addPerson(tried.state, "ada", "admin");
  const { cookie } = await browser(tried.app, "ada");
  const other = await browser(tried.app, "ada");
  for (const { method, url, access } of routes) {
    if (access === "anyone") continue;
    for (const token of [undefined, "", other.csrf]) {
      const headers = { cookie, ...(token === undefined ? {} : { "x-csrf-token": token }) };
      const answer = await app.inject({ method, url, headers });
      if (SAFE.includes(method)) expect(answer.statusCode).toBe(PASSED);
      else {
        expect([url, answer.statusCode]).toEqual([url, 403]);
        expect(answer.json()).toMatchObject({ error: { code: "csrf" } });
      }
    }
  }
});

test("nothing is changed by a page of another site, login and setup included", async () => {
  const { tried, app, routes } = await walked();
  addPerson(tried.state, "ada", "admin");
  const { cookie, csrf } = await browser(tried.app, "ada");
  const own = { cookie, "x-csrf-token": csrf, host: "recsys.test:8080" };
  const foreign = [
    { origin: "http://evil.test" },
    { origin: "http://recsys.test:9090" },
    { origin: "http://recsys.test.evil.test:8080" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "http://recsys.test:8080", "sec-fetch-site": "cross-site" },
  ];
  for (const { method, url } of routes) {
    if (SAFE.includes(method)) continue;
    for (const given of foreign) {
      const answer = await app.inject({ method, url, headers: { ...own, ...given } });
      expect([url, answer.statusCode]).toEqual([url, 403]);
      expect(answer.json()).toMatchObject({ error: { code: "wrong_origin" } });
    }
    const headers = { ...own, origin: "http://recsys.test:8080", "sec-fetch-site": "same-origin" };
    expect((await app.inject({ method, url, headers })).statusCode).toBe(PASSED);
  }
});

test("a route that does not say whom it lets in keeps the panel from starting", async () => {
  const { another } = await panel();
  const careless: AddRoutes = (app) => {
    app.get("/panel/api/careless", () => "secret");
  };
  await expect(another({ groups: [careless] })).rejects.toThrow("GET /panel/api/careless asks for");
});

test("A26 on the dashboard's own port no route for more than the dashboard can be", async () => {
  const { another } = await panel();
  for (const access of ["viewer", "operator", "admin"] as const) {
    const tooMuch: AddRoutes = (app) => {
      app.get("/panel/api/much", { config: { access } }, () => "");
    };
    await expect(another({ groups: [tooMuch], dashboardOnly: true })).rejects.toThrow(access);
  }
  const routes: string[] = [];
  await another({
    dashboardOnly: true,
    onRoute: ({ method, url }) => routes.push(`${String(method)} ${url}`),
  });
  expect(routes.filter((route) => route.includes("/panel/api/")).sort()).toEqual([
    "DELETE /panel/api/session",
    "GET /panel/api/dashboard",
    "GET /panel/api/dashboard/:kpi",
    "GET /panel/api/reports",
    "GET /panel/api/reports/:week",
    "GET /panel/api/session",
    "HEAD /panel/api/dashboard",
    "HEAD /panel/api/dashboard/:kpi",
    "HEAD /panel/api/reports",
    "HEAD /panel/api/reports/:week",
    "HEAD /panel/api/session",
    "POST /panel/api/password",
    "POST /panel/api/session",
    "POST /panel/api/setup",
  ]);
});

test("who is not logged in is not told which paths exist", async () => {
  const { app, state } = await panel();
  for (const method of ["GET", "POST", "PUT"] as const) {
    expect((await app.inject({ method, url: "/panel/api/nothing" })).statusCode).toBe(401);
  }
  addPerson(state, "ada", "viewer");
  const { ask } = await browser(app, "ada");
  for (const method of ["GET", "POST", "PUT"] as const) {
    const answer = await ask(method, "/panel/api/nothing");
    expect([answer.statusCode, answer.json()]).toMatchObject([
      404,
      { error: { code: "not_found" } },
    ]);
  }
});
