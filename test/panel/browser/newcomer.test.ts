import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  askTheApi,
  COLLECTOR_STATES,
  CORE_STATES,
  deploy,
  execute,
  goTo,
  logOut,
  sectionOf,
  watchTurnGreen,
} from "./at-the-panel.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { drawShop, SMALL } from "./raw-files.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { upload } from "./uploading.ts";
import { firstVisit } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-newcomer-"));
let browser: Browser;
let panel: RunningPanel;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await openBrowser();
  const settings = [
    "--set",
    "training.budgetMinutes=0.05",
    "--set",
    "evaluation.bootstrapSamples=100",
  ];
  panel = await startPanel(["serve", "--panel", "--bucket", join(folder, "bucket"), ...settings]);
});

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Under half a minute on a machine that has nothing else to do.
withBrowser(
  "Q105–Q113 a newcomer gets from three files to an answer, watching the states turn green",
  { timeout: 240_000 },
  async () => {
    const files = await drawShop(join(folder, "shop"), SMALL);
    const { page, complaints } = await firstVisit(browser, panel.setupLink!);
    await goTo(page, "Data");
    await upload(page, files);
    await goTo(page, "Serving Recipe");
    await deploy(page, "collector");
    await execute(page, "collector", "collector-1");
    await watchTurnGreen(sectionOf(page, "collector"), COLLECTOR_STATES);
    await deploy(page, "core");
    await execute(page, "core", "core-1");
    await watchTurnGreen(sectionOf(page, "core"), CORE_STATES);
    await deploy(page, "responder");
    await askTheApi(page);
    await logOut(page, "ada");
    expect(complaints).toEqual([]);
  },
);
