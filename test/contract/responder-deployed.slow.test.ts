import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { addPerson, browser, panel } from "../panel/server/panel.ts";
import { missingPython } from "../python.ts";
import type { Shop } from "../responder/shop.ts";
import { answers } from "./responder/answers.ts";
import { type DeployedApi, deployApi } from "./responder/deployed-api.ts";
import { ask, type Edge } from "./responder/edge.ts";
import { examples } from "./responder/examples.ts";
import { parameters } from "./responder/parameters.ts";

const missing = missingPython("ministack");
if (missing !== undefined) console.warn(`The deployed API is skipped: ${missing}`);

describe.skipIf(missing !== undefined)("the API that is deployed in MiniStack", () => {
  let deployed: DeployedApi;
  beforeAll(async () => {
    deployed = await deployApi();
  });
  afterAll(() => deployed.stop());

  // What has a body is skipped: the documentation's API has GET alone (Q72).
  const edge: Edge = {
    name: "deployed API",
    isGetOnly: true,
    serve: (shop, settings) => deployed.serve(shop, settings),
  };
  examples(edge);
  answers(edge);
  parameters(edge);

  const shop: Shop = { users: { 10: {} }, items: { 1: {} }, counts: { 1: 3 } };
  const answer = '{"10":[{"item_id":1,"count":3}]}';

  test("what API Gateway refuses by itself has the form of the responder's own refusals", async () => {
    const api = await deployed.serve(shop);
    const elsewhere = await api.call("/recommend/other");
    expect([elsewhere.statusCode, elsewhere.json()]).toEqual([
      404,
      { error: { code: "not_found", message: expect.any(String) as string } },
    ]);
  });

  test("A29 while executions take each other's place no call fails, and each answer is of one of them", async () => {
    const shopOf = (count: number): Shop => ({ ...shop, counts: { 1: count } });
    const api = await deployed.serve(shopOf(1));
    let isOver = false;
    const seen = new Set<string>();
    const calls = (async () => {
      while (!isOver) {
        const { statusCode, body } = await ask(api, "popular", { id_list: "10" });
        expect(statusCode).toBe(200);
        seen.add(body);
      }
    })();
    for (let count = 2; count <= 6; count++) {
      await deployed.serve(shopOf(count));
      await expect
        .poll(async () => (await ask(api, "popular", { id_list: "10" })).body)
        .toBe(`{"10":[{"item_id":1,"count":${count}}]}`);
    }
    isOver = true;
    await calls;
    for (const body of seen) expect(body).toMatch(/^\{"10":\[\{"item_id":1,"count":[1-6]\}\]\}$/);
  });

  test("A25 where the configuration does not say otherwise, a call needs a key that the panel has made, until the panel takes it back", async () => {
    const api = await deployed.serve(shop, { apiKeys: {} });
    const { app, state } = await panel({ bucket: deployed.bucket });
    addPerson(state, "ada", "admin");
    const ada = await browser(app, "ada");
    const url =
      "/recommend/popular?type=popular_items&id_list=10&k=1&novel_only=0&return_attributes=0";
    const none = await api.call(url);
    expect([none.statusCode, none.json()]).toEqual([
      401,
      { error: { code: "unauthorized", message: expect.stringMatching(/X-API-Key/) as string } },
    ]);
    const made = await ada.ask("POST", "/panel/api/keys", { name: "shop" });
    const { key } = made.json<{ key: string }>();
    const statusWith = async (value: string) =>
      (await api.call({ url, headers: { "x-api-key": value } })).statusCode;
    expect((await api.call({ url, headers: { "x-api-key": key } })).body).toBe(answer);
    expect(await statusWith(`${key}x`)).toBe(401);
    const [kept] = (await ada.ask("GET", "/panel/api/keys")).json<{ sha256: string }[]>();
    await ada.ask("DELETE", `/panel/api/keys/${kept!.sha256}`);
    expect(await statusWith(key)).toBe(401);
  });
});
