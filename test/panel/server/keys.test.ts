import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { addPerson, browser, panel } from "./panel.ts";
import { folderBucket } from "../../../src/storage/index.ts";
import { temporaryFolder } from "../../storage/temporary-folder.ts";

const KEYS = "/panel/api/keys";

async function withAdmin() {
  const changes: string[] = [];
  const bucket = folderBucket(await temporaryFolder(), "prefix");
  const tried = await panel({
    bucket,
    keysChanged: () => {
      changes.push("changed");
      return Promise.resolve();
    },
  });
  addPerson(tried.state, "ada", "admin");
  return { ...tried, bucket, changes, ada: await browser(tried.app, "ada") };
}

test("a key is shown once; the bucket has its SHA-256 alone, and the responder is told", async () => {
  const { ada, bucket, changes, state } = await withAdmin();
  const made = await ada.ask("POST", KEYS, { name: "shop" });
  const { key, name } = made.json<{ key: string; name: string }>();
  expect([made.statusCode, name, changes]).toEqual([200, "shop", ["changed"]]);
  expect(key).toMatch(/^rsk_[\w-]{43}$/);
  const sha256 = createHash("sha256").update(key).digest("hex");
  const kept = { name: "shop", sha256, createdAt: "2026-11-26T10:00:00.000Z", createdBy: "ada" };
  expect((await ada.ask("GET", KEYS)).json()).toEqual([kept]);
  const file = new TextDecoder().decode(await bucket.read("api_keys.json"));
  expect(JSON.parse(file)).toEqual([kept]);
  expect(JSON.stringify(state.audit.page(10))).not.toContain(key);
});

test("a removed key is gone, and only it", async () => {
  const { ada, changes } = await withAdmin();
  for (const name of ["shop", "app"]) await ada.ask("POST", KEYS, { name });
  const [shop, app] = (await ada.ask("GET", KEYS)).json<{ sha256: string }[]>();
  expect((await ada.ask("DELETE", `${KEYS}/${shop!.sha256}`)).statusCode).toBe(204);
  expect((await ada.ask("GET", KEYS)).json()).toEqual([app]);
  expect(changes).toHaveLength(3);
  expect((await ada.ask("DELETE", `${KEYS}/${shop!.sha256}`)).statusCode).toBe(404);
});

test("names of keys are unique, and keys made at once are all kept", async () => {
  const { ada } = await withAdmin();
  const names = ["a", "b", "c", "d"];
  await Promise.all(names.map((name) => ada.ask("POST", KEYS, { name })));
  const kept = (await ada.ask("GET", KEYS)).json<{ name: string }[]>();
  expect(kept.map(({ name }) => name).sort()).toEqual(names);
  const again = await ada.ask("POST", KEYS, { name: "a" });
  expect([again.statusCode, again.json()]).toMatchObject([
    409,
    { error: { fields: [{ path: "name" }] } },
  ]);
});
