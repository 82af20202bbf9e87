import type { FastifyInstance } from "fastify";
import { DatabaseSync } from "node:sqlite";
import { readFileSync, statSync } from "node:fs";

import { expect, test } from "vitest";

import { makeLink, openPanelState } from "../../../src/panel/server/index.ts";
import { PanelConfig } from "../../../src/schema/index.ts";
import { temporaryFolder } from "../../storage/temporary-folder.ts";
import { addPerson, browser, browserOf, logIn, panel, PASSWORD } from "./panel.ts";

const PEOPLE = "/panel/api/people";
const SESSION = "/panel/api/session";

const tokenOf = (answer: { json: () => unknown }): string =>
  new URL((answer.json() as { link: string }).link).searchParams.get("token") ?? "";

const setUp = (app: FastifyInstance, token: string, name: string, password = PASSWORD) =>
  app.inject({ method: "POST", url: "/panel/api/setup", payload: { token, name, password } });

async function withAdmin() {
  const tried = await panel();
  addPerson(tried.state, "ada", "admin");
  return { ...tried, ada: await browser(tried.app, "ada") };
}

test("an invitation lets one person in, once, with its role, and logs in at once", async () => {
  const { app, ada } = await withAdmin();
  const invited = await ada.ask("POST", PEOPLE, { role: "operator" });
  expect(invited.json()).toMatchObject({
    link: expect.stringMatching(/^http:\/\/127\.0\.0\.1:8080\/setup\?token=[\w-]{43}$/) as string,
    expiresAt: "2026-11-27T10:00:00.000Z",
  });
  const token = tokenOf(invited);
  const entered = await setUp(app, token, "bob");
  expect(entered.json()).toMatchObject({ name: "bob", role: "operator" });
  expect((await browserOf(app, entered).ask("GET", SESSION)).statusCode).toBe(200);
  const again = await setUp(app, token, "eve");
  expect([again.statusCode, again.json()]).toMatchObject([403, { error: { code: "bad_link" } }]);
  expect((await ada.ask("GET", PEOPLE)).json()).toMatchObject([
    { name: "ada", role: "admin" },
    { name: "bob", role: "operator", createdAt: "2026-11-26T10:00:00.000Z" },
  ]);
});

test("two who use one link at the same moment: one gets in", async () => {
  const { app, ada } = await withAdmin();
  const token = tokenOf(await ada.ask("POST", PEOPLE, { role: "viewer" }));
  const answers = await Promise.all(["bob", "eve"].map((name) => setUp(app, token, name)));
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
});

test("a link is good for 24 hours, and a made-up one never", async () => {
  const { app, ada, time } = await withAdmin();
  const token = tokenOf(await ada.ask("POST", PEOPLE, { role: "viewer" }));
  expect((await setUp(app, "A".repeat(43), "bob")).statusCode).toBe(403);
  time.now = new Date("2026-11-27T10:00:00Z");
  expect((await setUp(app, token, "bob")).statusCode).toBe(403);
});

test("an invitation cannot take over somebody who is there, whatever the case of the name", async () => {
  const { app, ada } = await withAdmin();
  const token = tokenOf(await ada.ask("POST", PEOPLE, { role: "viewer" }));
  for (const name of ["ada", "ADA"]) {
    const answer = await setUp(app, token, name, "stolen password");
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      { error: { fields: [{ path: "name" }] } },
    ]);
  }
  expect((await logIn(app, "ada")).statusCode).toBe(200);
  expect((await setUp(app, token, "bob")).statusCode).toBe(200); // the link was not used up
});

test("names and passwords are held to the contract", async () => {
  const { app, ada } = await withAdmin();
  const token = tokenOf(await ada.ask("POST", PEOPLE, { role: "viewer" }));
  for (const [name, password, path] of [
    ["bob", "too short 1", "password"],
    ["bob", "x".repeat(257), "password"],
    ["<b>bob</b>", PASSWORD, "name"],
    ["", PASSWORD, "name"],
  ] as const) {
    const answer = await setUp(app, token, name, password);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      400,
      { error: { fields: [{ path }] } },
    ]);
  }
});

test("a reset link sets the password of just this person anew and ends the sessions", async () => {
  const { app, state, ada } = await withAdmin();
  addPerson(state, "bob", "operator");
  const bob = await browser(app, "bob");
  const token = tokenOf(await ada.ask("POST", `${PEOPLE}/bob/reset`));
  expect((await setUp(app, token, "eve")).statusCode).toBe(409);
  expect((await setUp(app, token, "ada")).statusCode).toBe(409);
  const answer = await setUp(app, token, "bob", "a brand new password");
  expect(answer.json()).toMatchObject({ name: "bob", role: "operator" });
  expect((await bob.ask("GET", SESSION)).statusCode).toBe(401);
  expect((await logIn(app, "bob")).statusCode).toBe(401);
  expect((await logIn(app, "bob", "a brand new password")).statusCode).toBe(200);
  expect((await ada.ask("POST", `${PEOPLE}/eve/reset`)).statusCode).toBe(404);
});

test("a change of role ends the person's sessions; the next has the new role", async () => {
  const { app, state, ada } = await withAdmin();
  addPerson(state, "bob", "admin");
  const bob = await browser(app, "bob");
  const forEve = tokenOf(await bob.ask("POST", PEOPLE, { role: "admin" }));
  expect((await ada.ask("PATCH", `${PEOPLE}/bob`, { role: "viewer" })).statusCode).toBe(204);
  expect((await bob.ask("GET", SESSION)).statusCode).toBe(401);
  expect((await logIn(app, "bob")).json()).toMatchObject({ role: "viewer" });
  expect((await setUp(app, forEve, "eve")).statusCode).toBe(403); // nor do bob's links count any more
});

test("who is removed is out at once and cannot come back", async () => {
  const { app, state, ada } = await withAdmin();
  addPerson(state, "bob", "operator");
  const bob = await browser(app, "bob");
  expect((await ada.ask("DELETE", `${PEOPLE}/bob`)).statusCode).toBe(204);
  expect((await bob.ask("GET", SESSION)).statusCode).toBe(401);
  expect((await logIn(app, "bob")).statusCode).toBe(401);
  expect((await ada.ask("DELETE", `${PEOPLE}/bob`)).statusCode).toBe(404);
});

test("the last admin can neither be removed nor lowered, nor do so to himself", async () => {
  const { app, state, ada } = await withAdmin();
  addPerson(state, "bob", "operator");
  for (const [method, body] of [
    ["DELETE", undefined],
    ["PATCH", { role: "operator" }],
  ] as const) {
    expect((await ada.ask(method, `${PEOPLE}/ada`, body)).statusCode).toBe(409);
    expect((await ada.ask("GET", SESSION)).json()).toMatchObject({ role: "admin" });
  }
  await ada.ask("PATCH", `${PEOPLE}/bob`, { role: "admin" });
  expect((await ada.ask("DELETE", `${PEOPLE}/ada`)).statusCode).toBe(204);
  const bob = await browser(app, "bob");
  expect((await bob.ask("DELETE", `${PEOPLE}/bob`)).statusCode).toBe(409);
});

test("every action is in the audit log, which is read page by page and cannot be changed", async () => {
  const { app, state, ada } = await withAdmin();
  addPerson(state, "bob", "viewer");
  await ada.ask("POST", PEOPLE, { role: "viewer" });
  await ada.ask("POST", `${PEOPLE}/bob/reset`);
  await ada.ask("PATCH", `${PEOPLE}/bob`, { role: "operator" });
  await ada.ask("DELETE", `${PEOPLE}/bob`);
  await logIn(app, "bob");
  const told: unknown[] = [];
  let url: string | undefined = "/panel/api/audit?limit=2";
  while (url !== undefined) {
    const page: {
      entries: { person: string; action: string; subject: string }[];
      next: number | null;
    } = (await ada.ask("GET", url)).json();
    told.push(...page.entries.map(({ person, action, subject }) => [person, action, subject]));
    url =
      page.next === null ? undefined : `/panel/api/audit?limit=2&before=${page.next.toString()}`;
  }
  expect(told).toEqual([
    ["nobody", "login refused", "bob"],
    ["ada", "remove person", "bob"],
    ["ada", "change role", "bob"],
    ["ada", "reset password", "bob"],
    ["ada", "invite", "viewer"],
    ["ada", "login", "ada"],
  ]);
  for (const query of ["limit=0", "limit=501", "before=x", "other=1"]) {
    expect((await ada.ask("GET", `/panel/api/audit?${query}`)).statusCode).toBe(400);
  }
});

test("the state of an earlier version is brought up to date, and keeps its people", async () => {
  const folder = `${await temporaryFolder()}/.panel`;
  const state = openPanelState(folder, PanelConfig.parse({}));
  addPerson(state, "ada", "admin");
  state.close();
  const database = new DatabaseSync(`${folder}/panel.sqlite`);
  database.exec("DROP TABLE login_failures; PRAGMA user_version = 1"); // as format 1 was
  database.close();
  const again = openPanelState(folder, PanelConfig.parse({}));
  expect(again.people.find("ada")).toMatchObject({ role: "admin" });
  expect(again.loginFailures.of("anything").count).toBe(0);
  again.close();
});

test("the state's files are their owner's alone, hold no secret as it is, and the audit log refuses changes", async () => {
  const folder = `${await temporaryFolder()}/.panel`;
  const state = openPanelState(folder, PanelConfig.parse({}));
  const now = new Date("2026-11-26T10:00:00Z");
  addPerson(state, "ada", "admin");
  const session = state.sessions.begin("ada", now);
  const { link } = makeLink(state, "http://x", { role: "viewer", by: "ada", now });
  state.audit.add({ person: "ada", action: "login", subject: "ada", detail: "" }, now);
  state.close();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const file = `${folder}/panel.sqlite`;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const bytes = readFileSync(file, "latin1");
  expect(bytes).toContain("$argon2id$");
  for (const secret of [PASSWORD, session, new URL(link).searchParams.get("token")!]) {
    expect(bytes).not.toContain(secret);
  }
  const database = new DatabaseSync(file);
  for (const change of ["UPDATE audit SET person = 'eve'", "DELETE FROM audit"]) {
    expect(() => {
      database.exec(change);
    }).toThrow("only appended to");
  }
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(() => openPanelState(folder, PanelConfig.parse({}))).toThrow("newer version of RecSys");
});
