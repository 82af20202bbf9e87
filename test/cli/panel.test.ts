import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Ended, recsys, start } from "./recsys.ts";

const PASSWORD = "correct horse battery";

interface Welcome {
  readonly url: string;
  readonly panel: string;
  readonly dashboard: string;
  readonly docs: string;
  readonly setup?: { readonly link: string };
  readonly certificateSha256?: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "recsys-panel-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts `serve --panel`, hands what it printed to `work`, then stops it as Ctrl-C does. */
async function whileServed(
  args: readonly string[],
  work: (welcome: Welcome) => Promise<void> | void,
): Promise<Ended> {
  const running = start(["serve", "--panel", "--port", "0", "--json", ...args], { cwd: folder });
  await running.says("\n}\n");
  await work(JSON.parse(running.stdout()) as Welcome);
  running.process.kill("SIGINT");
  return running.ended;
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const setUp = (url: string, link: string, name: string) =>
  post(`${url}/panel/api/setup`, {
    token: new URL(link).searchParams.get("token"),
    name,
    password: PASSWORD,
  });

test("serve --panel says where all is, and gives the first admin's link until it was taken", async () => {
  const first = await whileServed([], async (welcome) => {
    const { url, panel, dashboard, docs, setup } = welcome;
    expect([panel, dashboard, docs]).toEqual([url, `${url}/dashboard`, `${url}/docs`]);
    expect(setup!.link.startsWith(`${url}/setup?token=`)).toBe(true);
    expect((await setUp(url, setup!.link, "ada")).status).toBe(200);
  });
  expect([first.code, first.stderr.includes("Warning")]).toEqual([0, false]);
  expect(existsSync(join(folder, "recsys-bucket", ".panel", "panel.sqlite"))).toBe(true);
  await whileServed([], (welcome) => {
    expect(welcome).not.toHaveProperty("setup");
  });
});

test("the text for people has the link and the places", async () => {
  const args = ["serve", "--panel", "--port", "0", "--bucket", "another"];
  const running = start(args, { cwd: folder });
  await running.says("Ctrl-C stops.");
  running.process.kill("SIGINT");
  const { stdout } = await running.ended;
  expect(stdout).toMatch(/^Panel +http:\/\/127\.0\.0\.1:\d+\n/m);
  expect(stdout).toMatch(/^Dashboard +http:\/\/127\.0\.0\.1:\d+\/dashboard\n/m);
  expect(stdout).toMatch(/^API +http:\/\/127\.0\.0\.1:\d+\/docs\n/m);
  expect(stdout).toMatch(
    /once, for 24 hours:\n +http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{43}\n/,
  );
});

test("invite --for gives somebody a new password while the panel runs, invite --role lets somebody in", async () => {
  await whileServed([], async ({ url }) => {
    const lost = await recsys(["invite", "--for", "ada", "--url", `${url}/`, "--json"], {
      cwd: folder,
    });
    const { link, role, person } = JSON.parse(lost.stdout) as {
      link: string;
      role: string;
      person: string;
    };
    expect([role, person, link.startsWith(`${url}/setup?token=`)]).toEqual(["admin", "ada", true]);
    expect((await setUp(url, link, "eve")).status).toBe(409);
    expect((await setUp(url, link, "ada")).status).toBe(200);
    expect((await setUp(url, link, "ada")).status).toBe(403);

    const invited = await recsys(["invite", "--role", "viewer"], { cwd: folder });
    const made = /http\S+/.exec(invited.stdout)![0];
    expect(await (await setUp(url, made, "bob")).json()).toMatchObject({
      name: "bob",
      role: "viewer",
    });
  });
});

test("--dashboard-port opens a second port, --tls self-signed prints the certificate's fingerprint", async () => {
  const args = ["--dashboard-port", "0", "--tls", "self-signed", "--panel-state", "elsewhere"];
  await whileServed(args, ({ url, dashboard, certificateSha256, setup }) => {
    expect(url).toMatch(/^https:/);
    expect(dashboard).toMatch(/^https:/);
    expect(new URL(dashboard).port).not.toBe(new URL(url).port);
    expect(certificateSha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(setup).toBeDefined(); // another state, so another panel
  });
  expect(existsSync(join(folder, "elsewhere", "tls", "self-signed.crt"))).toBe(true);
});

test("on an address that others reach, a panel without TLS is warned of", async () => {
  const plain = await whileServed(["--host", "0.0.0.0"], ({ url }) => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });
  expect(plain.stderr).toContain("Warning: the panel listens on 0.0.0.0 without TLS");
  for (const args of [
    ["--tls", "self-signed"],
    ["--set", "panel.publicUrl=https://recsys.example"],
  ]) {
    const { stderr } = await whileServed(["--host", "0.0.0.0", ...args], () => undefined);
    expect(stderr).not.toContain("Warning");
  }
});

test.each([
  [["serve", "--tls", "self-signed"], "need --panel"],
  [["serve", "--panel-state", "x"], "need --panel"],
  [["serve", "--panel", "--tls-cert", "a.pem"], "--tls-cert FILE and --tls-key FILE"],
  [["serve", "--panel", "--tls", "maybe"], 'panel.tls must be "off" or "self-signed" or "files"'],
  [["serve", "--panel", "--dashboard-port", "x"], "panel.dashboardPort must be a whole number"],
  [["invite"], "--role is needed"],
  [["invite", "--for", "nobody"], "there is nobody of this name; there are ada"],
  [["invite", "--role", "king"], "Allowed choices are dashboard, viewer, operator, admin"],
])("%j is a usage error that says what to do", async (args, message) => {
  const { code, stdout, stderr } = await recsys(args, { cwd: folder });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
