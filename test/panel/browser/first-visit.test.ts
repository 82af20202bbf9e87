import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { violationsInBothModes } from "./axe.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { firstLoad } from "./first-load.ts";
import { visit } from "./newcomer.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit, login, openPage } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-first-visit-"));
let browser: Browser;
let panel: RunningPanel;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await openBrowser();
  panel = await startPanel(["serve", "--panel", "--bucket", join(folder, "bucket")]);
});

afterAll(async () => {
  if (CHROMIUM !== undefined) {
    await browser.close();
    await panel.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** The pages of a fresh system, by path and title. */
const PAGES = [
  ["/", "RecSys"],
  ["/customization", "Customization"],
  ["/data", "Data"],
  ["/serving-recipe", "Serving Recipe"],
  ["/burning-recipe", "Burning Recipe"],
  ["/executions", "Executions"],
  ["/models", "Models"],
  ["/explore", "Explore"],
  ["/logs", "Logs"],
  ["/dashboard", "KPI dashboard"],
  ["/api", "API"],
  ["/access", "Access"],
] as const;

withBrowser(
  "Q101 Q105 Q106 a newcomer follows the one-time link and finds “Begin Customization”; every page of the fresh system is there, without a violation that axe can find in light or dark; the menu leads to the sections of the three stacks",
  async () => {
    const { page, complaints } = await firstVisit(browser, panel.setupLink!);
    const begin = page.getByRole("button", { name: "Begin Customization" });
    await begin.click();
    await page.waitForURL(/\/customization$/);
    for (const [path, title] of PAGES) {
      await page.goto(panel.url + path);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await violationsInBothModes(page), path).toEqual([]);
    }
    await visit(page, "Serving Recipe");
    const sections = page.getByRole("region", { name: /Stack$/ });
    for (const [at, name] of ["Collector Stack", "Core Stack", "Responder Stack"].entries()) {
      expect(await sections.nth(at).getAttribute("aria-label")).toBe(name);
    }
    expect(complaints).toEqual([]);
  },
);

withBrowser("who is not logged in sees the login and nothing else", async () => {
  const { page } = await openPage(browser, panel.url);
  for (const [path] of PAGES) {
    await page.goto(panel.url + path);
    await page.getByRole("button", { name: "Log in" }).waitFor();
    expect(await page.getByRole("link", { name: "Executions" }).count()).toBe(0);
  }
});

withBrowser("who has chosen a name logs in with it, from anywhere", async () => {
  const { page } = await login(browser, panel.url);
  await page.getByRole("link", { name: "Executions" }).click();
  await page.getByRole("heading", { level: 1, name: "Executions" }).waitFor();
});

withBrowser(
  "login and home load less than 500 kB of scripts, and none of the pages behind",
  async () => {
    const { context } = await login(browser, panel.url);
    const cookies = await context.cookies();
    const atLogin = await firstLoad(browser, panel.url);
    const atHome = await firstLoad(browser, panel.url, cookies);
    expect(atLogin.text).toContain("Log in");
    expect(atHome.text).toContain("Begin Customization");
    for (const { scripts, scriptGzipBytes } of [atLogin, atHome]) {
      expect(scripts.length).toBeGreaterThan(0);
      expect(scriptGzipBytes).toBeLessThan(500_000);
      expect(
        scripts.filter((path) => /(execution|explore|dashboard|data)-page/.test(path)),
      ).toEqual([]);
    }
  },
);
