import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { recsys } from "../../cli/recsys.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { deploy, execute, STAGE_MS, state, visit } from "./newcomer.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit, login } from "./visitor.ts";
import { expectWholeGraph } from "./whole-graph.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-goes-on-"));
const bucket = join(folder, "bucket");
const QUICK = ["--set", "training.budgetMinutes=0.1"];
let browser: Browser | undefined;
let panel: RunningPanel | undefined;

const start = (port = "0") =>
  startPanel(["serve", "--panel", "--bucket", bucket, ...QUICK, "--port", port]);

/** A shop whose first model was rejected. */
beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  const shop = join(folder, "shop");
  await writeSampleShop(shop, { users: 300, items: 120, interactions: 9_000 });
  await recsys(["execute", "collector", "--raw", shop, "--name", "data", "--bucket", bucket]);
  const strict = ["--set", "evaluation.gate.threshold=0.99", ...QUICK];
  await recsys(["execute", "core", "--name", "rejected", "--bucket", bucket, ...strict]);
  browser = await openBrowser();
  panel = await start();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

withBrowser(
  "A10 the page of a rejected model's execution follows it when it is promoted from there; a reason of a word is not taken",
  async () => {
    const { page } = await firstVisit(browser!, panel!.setupLink!);
    await visit(page, "Executions");
    await page.getByRole("link", { name: "rejected", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "rejected" }).waitFor();
    // A window of another size, such as a telephone that is turned, and back.
    for (const width of [700, 1440]) {
      await page.setViewportSize({ width, height: 1000 });
      await expectWholeGraph(page);
    }
    await page.getByRole("button", { name: "Promote by hand" }).click();
    const dialog = page.getByRole("dialog", { name: "Promote rejected by hand" });
    await dialog.getByRole("textbox").fill("because");
    await dialog.getByRole("button", { name: "Promote" }).click();
    await dialog.getByText("Say it in at least 10 characters").waitFor();
    await dialog.getByRole("textbox").fill("The threshold was a slip of the pen");
    await dialog.getByRole("button", { name: "Promote" }).click();
    await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
  },
);

withBrowser(
  "a browser that has lost its network goes on with a server on its own machine",
  async () => {
    const { page } = await login(browser!, panel!.url);
    await page.evaluate(`window.dispatchEvent(new Event("offline"))`);
    await visit(page, "Models");
    await page.getByRole("link", { name: "rejected", exact: true }).waitFor();
    await visit(page, "Data");
    await page.getByRole("button", { name: "Run the checks" }).click();
    await page.getByText(/^Checked/).waitFor({ timeout: STAGE_MS });
  },
);

withBrowser(
  "a server that is stopped and started again goes on with its execution, and the open pages of both the execution and the logs with it",
  async () => {
    const { page, context } = await login(browser!, panel!.url);
    await visit(page, "Serving Recipe");
    await deploy(page, "collector");
    await deploy(page, "core");
    await execute(page, "core", "long-lived");
    await page.getByRole("link", { name: "long-lived", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "long-lived" }).waitFor();
    await state(page, "Train", "Running").waitFor();
    const logs = await context.newPage();
    await logs.goto(`${panel!.url}/logs`);
    await logs
      .getByText(/long-lived/)
      .first()
      .waitFor();

    await panel!.stop();
    await page.getByText("The connection to the server is lost").waitFor();
    panel = await start(new URL(panel!.url).port);
    await page.getByText("The connection to the server is lost").waitFor({ state: "hidden" });
    await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
    await logs
      .getByText(/Served/)
      .first()
      .waitFor();
  },
);
