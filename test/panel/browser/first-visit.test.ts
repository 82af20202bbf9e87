import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
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
  await browser.close();
  await panel.stop();
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
  ["/logs", "Logs"],
  ["/api", "API"],
  ["/access", "Access"],
] as const;

withBrowser(
  "Q101 a newcomer follows the one-time link and finds “Begin Customization”; every page of the fresh system is there, without a violation that axe can find",
  async () => {
    const { page, complaints } = await firstVisit(browser, panel.setupLink!);
    const begin = page.getByRole("button", { name: "Begin Customization" });
    await begin.click();
    await page.waitForURL(/\/customization$/);
    for (const [path, title] of PAGES) {
      await page.goto(panel.url + path);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await violations(page), path).toEqual([]);
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

/** What axe finds wrong, by rule and place. */
async function violations(page: Page): Promise<readonly string[]> {
  // Put in through the debugger: the pages' own policy allows no script from elsewhere.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    const found = (await inPage.run()).violations;
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
    );
  });
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}
