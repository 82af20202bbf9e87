import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { recsys } from "../../cli/recsys.ts";
import { violationsInBothModes } from "./axe.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-pages-with-data-"));
const shop = join(folder, "shop");
const bucket = join(folder, "bucket");
let browser: Browser;
let panel: RunningPanel;

/** Two models that are served one after the other, one that is rejected, and data that cannot be collected. */
beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  await writeSampleShop(shop, { users: 300, items: 120, interactions: 9_000, ratings: "explicit" });
  const quick = ["--set", "training.budgetMinutes=0.05", "--bucket", bucket];
  await run(["execute", "collector", "--raw", shop, "--name", "data", "--bucket", bucket]);
  await run(["execute", "core", "--name", "first", ...quick]);
  const second = ["--set", "training.seed=7", "--set", "evaluation.gate.compareWithServed=false"];
  await run(["execute", "core", "--name", "second", ...second, ...quick]);
  const strict = ["--set", "evaluation.gate.threshold=0.99"];
  await recsys(["execute", "core", "--name", "rejected", ...strict, ...quick]);
  browser = await openBrowser();
  panel = await startPanel(["up", "--data", shop, "--bucket", bucket]);
}, 900_000);

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A page: its path, its title, and what is done there before it is looked at. */
type Visit = readonly [path: string, title: string, act?: (page: Page) => Promise<void>];

const PAGES: readonly Visit[] = [
  ["/", "RecSys"],
  ["/customization", "Customization", coreTab],
  ["/data", "Data", runChecks],
  ["/serving-recipe", "Serving Recipe"],
  ["/executions", "Executions"],
  ["/executions", "Executions", (page) => press(page, /^Roll back/)],
  ["/executions/collector/data", "data"],
  ["/executions/core/second", "second", (page) => openTab(page, "Logs")],
  ["/executions/core/second", "second", (page) => openTab(page, "Input")],
  ["/executions/core/rejected", "rejected"],
  ["/executions/core/rejected", "rejected", (page) => press(page, "Promote by hand")],
  ["/executions/compare?a=first&b=second", "Compare"],
  ["/models", "Models"],
  ["/models/second", "Model of second"],
  ["/models/rejected", "Model of rejected"],
  ["/explore", "Explore"],
  ["/explore/users/10", "10"],
  ["/explore/items/10", "10"],
  ["/logs", "Logs"],
  ["/dashboard", "KPI dashboard"],
  ["/api", "API", (page) => press(page, "Send the request")],
  ["/access", "Access"],
  ["/burning-recipe", "Burning Recipe"],
];

withBrowser(
  "every page with data in it, and what opens on it, is without a violation that axe can find in light or dark",
  async () => {
    const { page, complaints } = await firstVisit(browser, panel.setupLink!);
    const found: string[] = [];
    for (const [path, title, act] of PAGES) {
      await page.goto(panel.url + path);
      await page.getByRole("heading", { level: 1, name: title }).first().waitFor();
      await act?.(page);
      await settle(page);
      const violations = await violationsInBothModes(page);
      found.push(...violations.map((violation) => `${path}: ${violation}`));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

async function run(args: readonly string[]): Promise<void> {
  const { code, stderr } = await recsys(args);
  expect(code, stderr).toBe(0);
}

async function coreTab(page: Page): Promise<void> {
  await openTab(page, "Core Stack");
  await page.getByRole("button", { name: "More settings of Training" }).click();
}

async function runChecks(page: Page): Promise<void> {
  await press(page, "Run the checks");
  await page.getByText(/^Checked/).waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: /^What was decided about these files/ }).click();
}

function openTab(page: Page, name: string): Promise<void> {
  return page.getByRole("tab", { name, exact: true }).click();
}

function press(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole("button", { name }).first().click();
}

/** Until nothing is loading any more; the page of logs and that of an execution keep a stream open. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  for (const busy of [page.getByText(/^Loading /), page.locator("[aria-busy=true]")]) {
    await expect.poll(() => busy.count(), { timeout: 30_000 }).toBe(0);
  }
}
