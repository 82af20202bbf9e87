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

/** A login from an address, by a proxy that is believed. */
async function behindProxy() {
  const tried = await panel({}, ['panel.trustedProxies=["127.0.0.1"]']);
  const from = async (address: string, name: string, password: string, app = tried.app) => {
    const answer = await app.inject({
      method: "POST",
      url: SESSION,
      payload: { name, password },
      headers: { "x-forwarded-for": address },
    });
    return answer.statusCode;
  };
  const later = (seconds: number) => {
    tried.time.now = new Date(tried.time.now.getTime() + seconds * 1000);
  };
  return { ...tried, from, later };
}

test("after ten failures a name has to wait at this address, each time twice as long, even with the right password", async () => {
  const { app, state, from, later } = await behindProxy();
  addPerson(state, "ada", "admin");
  addPerson(state, "bob", "viewer");
  const guess = () => from("10.0.0.1", "ada", "wrong");
  for (let i = 0; i < 10; i++) expect(await guess()).toBe(401);
  for (const wait of [30, 60, 120, 240, 480, 900, 900]) {
    later(wait - 1);
    expect(await from("10.0.0.1", "Ada", PASSWORD)).toBe(429);
    later(1);
    expect(await guess()).toBe(401);
  }
  expect(await from("10.0.0.1", "bob", PASSWORD)).toBe(200);
  const refused = state.audit.page(3).entries.find(({ detail }) => detail.includes("too many"));
  expect(refused).toMatchObject({
    action: "login refused",
    detail: "too many failed logins; try again in 1 s, from 10.0.0.1",
  });
  later(900);
  expect(await from("10.0.0.1", "ada", PASSWORD, app)).toBe(200);
  // That was the end of it: a later slip is the first again.
  expect(await guess()).toBe(401);
  expect(await from("10.0.0.1", "ada", PASSWORD)).toBe(200);
});

test("nobody who fails under a name shuts out its owner, who comes from another address", async () => {
  const { state, from } = await behindProxy();
  addPerson(state, "ada", "admin");
  for (let i = 0; i < 11; i++) await from("10.0.0.1", "ada", "wrong");
  expect(await from("10.0.0.1", "ada", PASSWORD)).toBe(429);
  expect(await from("10.0.0.2", "ada", PASSWORD)).toBe(200);
});

test("guesses from a hundred addresses slow a name down but for the addresses that it has logged in from", async () => {
  const { state, from } = await behindProxy();
  addPerson(state, "ada", "admin");
  expect(await from("192.168.1.5", "ada", PASSWORD)).toBe(200);
  for (let i = 0; i < 100; i++) expect(await from(`10.1.0.${i}`, "ada", "wrong")).toBe(401);
  expect(await from("10.1.0.200", "ada", "wrong")).toBe(429);
  expect(await from("192.168.1.5", "ada", PASSWORD)).toBe(200);
});

test("failures outlive a restart, and are forgotten a day after the last", async () => {
  const { state, from, later, another } = await behindProxy();
  addPerson(state, "ada", "admin");
  for (let i = 0; i < 12; i++) {
    await from("10.0.0.1", "ada", "wrong");
    later(60);
  }
  const restarted = await another();
  expect(await from("10.0.0.1", "ada", PASSWORD, restarted)).toBe(429);
  later(24 * 3600);
  for (let i = 0; i < 10; i++) expect(await from("10.0.0.1", "ada", "wrong", restarted)).toBe(401);
});

test("guesses under many names from an address do not shut out who has logged in there before", async () => {
  const { state, from } = await behindProxy();
  addPerson(state, "ada", "admin");
  addPerson(state, "bob", "viewer");
  expect(await from("10.0.0.1", "ada", PASSWORD)).toBe(200);
  for (let i = 0; i < 30; i++) expect(await from("10.0.0.1", `name-${i}`, "wrong")).toBe(401);
  expect(await from("10.0.0.1", "bob", PASSWORD)).toBe(429);
  expect(await from("10.0.0.1", "ada", PASSWORD)).toBe(200);
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
