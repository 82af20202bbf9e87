import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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

/** A folder with raw files of one's own, such as MovieLens, to go the way with instead of a made shop. */
const GIVEN = process.env["RECSYS_TEST_SHOP"];

const folder = mkdtempSync(join(tmpdir(), "recsys-whole-way-"));
const shop = GIVEN ?? join(folder, "shop");
let browser: Browser;
let panel: RunningPanel;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  // As large as MovieLens "latest small".
  const size = { users: 610, items: 9742, interactions: 100_836 };
  if (GIVEN === undefined) await writeSampleShop(shop, size);
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
  "Q7 Q101 Q107 Q108 Q109 Q110 Q111 Q112 the whole way with a shop of a hundred thousand interactions",
  async () => {
    const rows = readFileSync(join(shop, "user_item_interactions.csv"), "utf8").trim().split("\n");
    if (rows[0]!.startsWith("interaction_id")) rows.shift();
    const users = new Set(rows.map((row) => row.split(",")[1]));
    const brought = {
      folder: shop,
      users: users.size.toLocaleString("en"),
      interactions: rows.length.toLocaleString("en"),
      budgetMinutes: "0.5",
    };
    expect(await goTheWholeWay(browser, panel, brought)).toEqual([]);
  },
);
