import { expect, test } from "vitest";

import { addPerson, browser, browserOf, logIn, panel, PASSWORD } from "./panel.ts";

const SESSION = "/panel/api/session";
const MINUTE = 60_000;

test("a login gives the session and a cookie that no script can read and no other site can send", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "operator");
  const answer = await logIn(app, "ADA");
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    name: "ada",
    role: "operator",
    version: "1.2.3",
    dashboardOnly: false,
  });
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({ path: "/", httpOnly: true, sameSite: "Strict" });
  expect(cookie).not.toHaveProperty("secure");
  expect(cookie).not.toHaveProperty("domain");
  expect(Buffer.from(cookie!.value, "base64url")).toHaveLength(32);
  const { ask } = browserOf(app, answer);
  expect((await ask("GET", SESSION)).json()).toEqual(answer.json());
});

test.each([{ transport: "self-signed" as const }, { transport: "tls" as const }])(
  "under TLS ($transport) the cookie is Secure and bound to the host",
  async ({ transport }) => {
    const { app, state } = await panel({ transport });
    addPerson(state, "ada", "admin");
    const [cookie] = (await logIn(app, "ada")).cookies;
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: "/", sameSite: "Strict" });
    expect(cookie!.name).toMatch(/^__Host-/);
  },
);

test("behind a proxy that ends TLS the cookie is Secure too, and the proxy's origin is the panel's own", async () => {
  const { app, state } = await panel({}, ["panel.publicUrl=https://recsys.example"]);
  addPerson(state, "ada", "admin");
  const payload = { name: "ada", password: PASSWORD };
  const headers = { origin: "https://recsys.example", host: "127.0.0.1:8080" };
  const answer = await app.inject({ method: "POST", url: SESSION, payload, headers });
  expect([answer.statusCode, answer.cookies[0]?.secure]).toEqual([200, true]);
  const foreign = { ...headers, origin: "https://other.example" };
  const refused = await app.inject({ method: "POST", url: SESSION, payload, headers: foreign });
  expect(refused.statusCode).toBe(403);
});

test("a wrong password and an unknown name are refused with the same words, and both are audited", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "admin");
  const wrong = await logIn(app, "ada", "wrong");
  const unknown = await logIn(app, "eve", "wrong");
  expect(wrong.statusCode).toBe(401);
  expect([unknown.statusCode, unknown.body]).toEqual([wrong.statusCode, wrong.body]);
  expect(wrong.cookies).toEqual([]);
  const refused = { person: "nobody", action: "login refused", time: "2026-11-26T10:00:00.000Z" };
  expect(state.audit.page(10).entries).toEqual([
    { ...refused, subject: "eve", detail: "name or password is wrong, from 127.0.0.1" },
    { ...refused, subject: "ada", detail: "name or password is wrong, from 127.0.0.1" },
  ]);
});

test("an unknown name takes as long to refuse as a known one", async () => {
  const { app, state } = await panel();
  const { hash } = await import("@node-rs/argon2");
  state.people.add({ name: "ada", role: "admin", password: await hash(PASSWORD) }, new Date(0));
  await logIn(app, "eve"); // the first hash of nobody's password
  const took = { ada: [] as number[], eve: [] as number[] };
  for (let i = 0; i < 7; i++) {
    for (const name of ["ada", "eve"] as const) {
      const began = performance.now();
      await logIn(app, name, "wrong");
      took[name].push(performance.now() - began);
    }
  }
  const least = { ada: Math.min(...took.ada), eve: Math.min(...took.eve) };
  expect(least.eve).toBeGreaterThan(least.ada * 0.5);
  expect(least.eve).toBeLessThan(least.ada * 2);
});

test("ten failed logins of a name close it for a quarter of an hour, even to the right password", async () => {
  const { app, state, time } = await panel();
  addPerson(state, "ada", "admin");
  addPerson(state, "bob", "viewer");
  for (let i = 0; i < 10; i++) expect((await logIn(app, "ada", "wrong")).statusCode).toBe(401);
  const closed = await logIn(app, "Ada");
  expect([closed.statusCode, closed.json()]).toMatchObject([429, { error: { code: "too_many" } }]);
  expect((await logIn(app, "bob")).statusCode).toBe(200);
  expect(state.audit.page(2).entries[1]).toMatchObject({ action: "login refused", subject: "Ada" });
  time.now = new Date(time.now.getTime() + 15 * MINUTE);
  expect((await logIn(app, "ada")).statusCode).toBe(200);
});

test("ten at once count as ten", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "admin");
  const answers = await Promise.all(Array.from({ length: 15 }, () => logIn(app, "ada", "wrong")));
  const statuses = answers.map(({ statusCode }) => statusCode).sort();
  expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(5).fill(429)]);
});

test("an address that fails under ever new names is closed too, and a proxy is believed only when it is trusted", async () => {
  const attempt = (app: Awaited<ReturnType<typeof panel>>["app"], i: number, from: string) =>
    app.inject({
      method: "POST",
      url: SESSION,
      payload: { name: `name-${i.toString()}`, password: "wrong" },
      headers: { "x-forwarded-for": from },
    });
  const { app } = await panel();
  for (let i = 0; i < 30; i++)
    expect((await attempt(app, i, `10.0.0.${i.toString()}`)).statusCode).toBe(401);
  expect((await attempt(app, 30, "10.0.0.99")).statusCode).toBe(429);

  const behind = await panel({}, ['panel.trustedProxies=["127.0.0.1"]']);
  for (let i = 0; i < 30; i++)
    expect((await attempt(behind.app, i, "10.0.0.1")).statusCode).toBe(401);
  expect((await attempt(behind.app, 30, "10.0.0.1")).statusCode).toBe(429);
  expect((await attempt(behind.app, 31, "10.0.0.2")).statusCode).toBe(401);
});

test("a logout ends the session, and its cookie is nothing any more", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "admin");
  const { ask } = await browser(app, "ada");
  const other = await browser(app, "ada");
  const answer = await ask("DELETE", SESSION);
  expect([answer.statusCode, answer.cookies[0]?.value]).toEqual([204, ""]);
  expect((await ask("GET", SESSION)).statusCode).toBe(401);
  expect((await other.ask("GET", SESSION)).statusCode).toBe(200);
});

test("who logs in again gets another session, and the one before is over", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "admin");
  const first = await browser(app, "ada");
  const again = await app.inject({
    method: "POST",
    url: SESSION,
    payload: { name: "ada", password: PASSWORD },
    headers: { cookie: first.cookie },
  });
  expect(again.statusCode).toBe(200);
  expect(browserOf(app, again).cookie).not.toBe(first.cookie);
  expect((await first.ask("GET", SESSION)).statusCode).toBe(401);
});

test("a session ends when it is not used for long enough, and at its limit however much it is used", async () => {
  const settings = ["panel.sessionIdleMinutes=30", "panel.sessionHours=1"];
  const { app, state, time } = await panel({}, settings);
  addPerson(state, "ada", "admin");
  const later = async (
    minutes: number,
    { ask }: { ask: Awaited<ReturnType<typeof browser>>["ask"] },
  ) => {
    time.now = new Date(time.now.getTime() + minutes * MINUTE);
    return (await ask("GET", SESSION)).statusCode;
  };
  const idle = await browser(app, "ada");
  expect(await later(29, idle)).toBe(200);
  expect(await later(30, idle)).toBe(401);
  const busy = await browser(app, "ada");
  expect([await later(25, busy), await later(25, busy), await later(9, busy)]).toEqual([
    200, 200, 200,
  ]);
  expect(await later(1, busy)).toBe(401);
});

test("a new password ends every session of the person, and gives the one who set it a new one", async () => {
  const { app, state } = await panel();
  addPerson(state, "ada", "viewer");
  const here = await browser(app, "ada");
  const elsewhere = await browser(app, "ada");
  const next = "another good password";
  const wrong = await here.ask("POST", "/panel/api/password", { current: "wrong", next });
  expect([wrong.statusCode, wrong.json()]).toMatchObject([
    400,
    { error: { fields: [{ path: "current" }] } },
  ]);
  const short = await here.ask("POST", "/panel/api/password", { current: PASSWORD, next: "short" });
  expect([short.statusCode, short.json()]).toMatchObject([
    400,
    { error: { fields: [{ path: "next" }] } },
  ]);

  const changed = await here.ask("POST", "/panel/api/password", { current: PASSWORD, next });
  expect(changed.statusCode).toBe(200);
  for (const { ask } of [here, elsewhere]) expect((await ask("GET", SESSION)).statusCode).toBe(401);
  expect((await browserOf(app, changed).ask("GET", SESSION)).statusCode).toBe(200);
  expect((await logIn(app, "ada")).statusCode).toBe(401);
  expect((await logIn(app, "ada", next)).statusCode).toBe(200);
});

test("bodies are JSON of the contract's shape and nothing else", async () => {
  const { app } = await panel();
  const post = (payload: string, type: string) =>
    app.inject({ method: "POST", url: SESSION, payload, headers: { "content-type": type } });
  const good = '{"name":"ada","password":"x"}';
  expect((await post(good, "application/json")).statusCode).toBe(401);
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ]) {
    expect((await post(good, type)).statusCode).toBe(415);
  }
  for (const body of [
    '{"name":"ada"}',
    '{"name":"ada","password":"x","more":1}',
    "[]",
    "",
    "{",
    '{"__proto__":{}}',
  ]) {
    const answer = await post(body, "application/json");
    expect([body, answer.statusCode]).toEqual([body, 400]);
    expect(answer.json()).toMatchObject({ error: { code: "invalid" } });
  }
  expect(
    (await post(JSON.stringify({ name: "a".repeat(1 << 21) }), "application/json")).statusCode,
  ).toBe(413);
});
