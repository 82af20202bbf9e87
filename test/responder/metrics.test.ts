import { expect, onTestFinished, test } from "vitest";

import { createResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import type { Bucket } from "../../src/storage/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { ask, responderOf, responderOn } from "./responder.ts";
import { serveShop, type Shop } from "./shop.ts";

const shop: Shop = { users: { 10: {} }, items: { 1: {} } };
const TIMES = "recsys_http_request_duration_seconds";

type App = ReturnType<typeof createResponder>;

async function metricsOf(app: App): Promise<string> {
  return (await app.inject("/metrics")).body;
}

/** Value of each line of a metric: its labels → the number. */
function values(body: string, metric: string): Record<string, number> {
  const lines = body.split("\n").filter((line) => new RegExp(`^${metric}[ {]`).test(line));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(metric.length, line.lastIndexOf(" ")),
      Number(line.slice(line.lastIndexOf(" ") + 1)),
    ]),
  );
}

async function responderAt(bucket: Bucket, clock?: () => number): Promise<App> {
  const config = ResponderConfig.parse({ refreshSeconds: 0.02 });
  const app = createResponder({ bucket, config, ...(clock && { clock }) });
  onTestFinished(() => app.close());
  await app.ready();
  return app;
}

test("the figures are in Prometheus's text format, each with its kind and a help that says what it is", async () => {
  const app = await responderOf(shop);
  await ask(app, "popular", { id_list: "10" });
  const response = await app.inject("/metrics");
  expect(response.headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const [metric, kind, help] of [
    [TIMES, "histogram", /request.*answer/],
    ["recsys_refresh_failures_total", "counter", /pointer.*failed.*old/],
    ["recsys_served_execution", "gauge", /execution/],
    ["recsys_served_age_seconds", "gauge", /[Tt]ime since/],
  ] as const) {
    expect(response.body).toContain(`# TYPE ${metric} ${kind}\n`);
    const line = response.body.split("\n").find((text) => text.startsWith(`# HELP ${metric} `));
    expect(line).toMatch(help);
  }
  expect(values(response.body, "recsys_refresh_failures_total")).toEqual({ "": 0 });
});

test("each request counts once, by route, method and status, however often the figures are asked for", async () => {
  const app = await responderOf(shop);
  await ask(app, "popular", { id_list: "10" });
  await ask(app, "popular", { id_list: "10" });
  await ask(app, "item-to-user", { id_list: "10" });
  await ask(app, "item-to-user", { id_list: "" });
  await app.inject({ method: "POST", url: "/recommend/popular", payload: {} });
  await app.inject("/a");
  await app.inject("/b?x=1");
  await metricsOf(app);
  const counts = values(await metricsOf(app), `${TIMES}_count`);
  expect(counts).toEqual({
    '{route="/recommend/popular",method="GET",status="200"}': 2,
    '{route="/recommend/popular",method="POST",status="400"}': 1,
    '{route="/recommend/item-to-user",method="GET",status="200"}': 1,
    '{route="/recommend/item-to-user",method="GET",status="400"}': 1,
    '{route="unknown",method="GET",status="404"}': 2,
    '{route="/metrics",method="GET",status="200"}': 1,
  });
});

test("times are in seconds, in buckets from half a millisecond to seconds", async () => {
  const app = await responderOf(shop);
  const began = performance.now();
  for (let i = 0; i < 20; i++) await ask(app, "popular", { id_list: "10" });
  const seconds = (performance.now() - began) / 1000;
  const body = await metricsOf(app);
  const labels = 'route="/recommend/popular",method="GET",status="200"';
  const sum = values(body, `${TIMES}_sum`)[`{${labels}}`]!;
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThan(seconds);
  const buckets = Object.entries(values(body, `${TIMES}_bucket`)).filter(([key]) =>
    key.includes("/recommend/popular"),
  );
  const bounds = buckets.map(([key]) =>
    Number(/le="([^"]+)"/.exec(key)![1]!.replace("+Inf", "1e99")),
  );
  expect(bounds[0]).toBe(0.0005);
  expect(bounds.at(-2)).toBeGreaterThan(1);
  expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
  expect(buckets.at(-1)![1]).toBe(20);
});

test("before the first execution none is told; after an exchange only the new one is", async () => {
  const bucket = await temporaryBucket();
  const app = await responderAt(bucket, () => 1_700_000_100);
  const before = await metricsOf(app);
  expect(values(before, "recsys_served_execution")).toEqual({});
  expect(values(before, "recsys_served_age_seconds")).toEqual({ "": 0 });
  for (const execution of ["core-1", "core-2"]) {
    await serveShop(bucket, execution, shop);
    await expect
      .poll(async () => values(await metricsOf(app), "recsys_served_execution"))
      .toEqual({ [`{execution="${execution}"}`]: 1 });
  }
  // The shop is made at 1,700,000,000.
  expect(values(await metricsOf(app), "recsys_served_age_seconds")).toEqual({ "": 100 });
});

test("without a clock of the test's the age is by the time of day", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  const app = await responderAt(bucket);
  const age = values(await metricsOf(app), "recsys_served_age_seconds")[""]!;
  const now = new Date().getTime() / 1000;
  expect(age).toBeGreaterThan(now - 1_700_000_000 - 60);
  expect(age).toBeLessThanOrEqual(now - 1_700_000_000);
});

test("what cannot be opened is counted at each look", async () => {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  await bucket.write("batch_transform_inference_output/core-1/users.index", "rubbish");
  const app = responderOn(bucket, { refreshSeconds: 0.02 });
  await app.ready();
  await expect
    .poll(async () => values(await metricsOf(app), "recsys_refresh_failures_total")[""])
    .toBeGreaterThan(2);
});
