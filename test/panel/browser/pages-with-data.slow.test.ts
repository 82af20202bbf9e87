import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { violationsInBothModes } from "./axe.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { openView, VIEWS } from "./pages-with-data.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { liveAPast } from "./shop-with-past.ts";
import { firstVisit } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-pages-with-data-"));
let browser: Browser | undefined;
let panel: RunningPanel | undefined;
let page: Page;
let url: string;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  const bucket = await liveAPast(folder);
  browser = await openBrowser();
  panel = await startPanel(["serve", "--panel", "--bucket", bucket]);
  ({ url } = panel);
  ({ page } = await firstVisit(browser, panel.setupLink!));
  page.setDefaultTimeout(60_000);
}, 900_000);

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

withBrowser(
  "the stacks of a bucket that the command line has filled are deployed in the panel",
  async () => {
    await page.goto(`${url}/serving-recipe`);
    const deploy = page.getByRole("button", { name: "Deploy Configurations" });
    const deployed = page.getByText(/^Configuration \d+ is deployed/);
    for (const [place] of ["collector", "core", "responder"].entries()) {
      await deploy.nth(place).click();
      await deployed.nth(place).waitFor();
    }
  },
);

withBrowser.each(Object.entries(VIEWS))(
  "axe finds nothing wrong in light or dark: %s",
  async (_, view) => {
    await openView(page, url, view);
    expect(await violationsInBothModes(page)).toEqual([]);
  },
);

withBrowser("axe finds nothing wrong with an execution that is running", async () => {
  await page.goto(`${url}/customization`);
  await page.getByRole("tab", { name: "Core Stack" }).click();
  await page.getByRole("textbox", { name: "Training budget (minutes)" }).fill("1");
  await page.getByRole("button", { name: "Save draft" }).first().click();
  await page.getByText(/The draft was saved/).waitFor();
  await page.goto(`${url}/serving-recipe`);
  await page.getByRole("button", { name: "Deploy Configurations" }).nth(1).click();
  await page.getByText("Configuration 2 is deployed").waitFor();
  await page.getByRole("button", { name: "Execute", exact: true }).nth(1).click();
  await page
    .getByText(/epoch \d+ of \d+/)
    .first()
    .waitFor({ timeout: 120_000 });
  // The library draws the reason of the button that is now disabled outside of all landmarks, for who hovers over it.
  await page.mouse.move(0, 0);
  expect(await violationsInBothModes(page)).toEqual([]);
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped").first().waitFor({ timeout: 60_000 });
});
