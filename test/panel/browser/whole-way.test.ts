import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { goTheWholeWay } from "./whole-way.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-whole-way-"));
let browser: Browser;
let panel: RunningPanel;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  await writeSampleShop(join(folder, "shop"), { users: 300, items: 120, interactions: 9000 });
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

withBrowser(
  "Q7 Q101 Q107 Q108 Q109 Q110 Q111 Q112 a newcomer customizes, brings data, executes, asks, compares, rolls back and burns, all in the browser",
  { timeout: 300_000 },
  async () => {
    const shop = {
      folder: join(folder, "shop"),
      users: "300",
      interactions: "9,000",
      budgetMinutes: "0.1",
    };
    expect(await goTheWholeWay(browser, panel, shop)).toEqual([]);
  },
);
