import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  askTheApi,
  burn,
  COLLECTOR_STATES,
  CORE_STATES,
  deploy,
  execute,
  goTo,
  logOut,
  sectionOf,
  setSetting,
  stateOf,
  statesShown,
  watchTurnGreen,
} from "./at-the-panel.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { AS_ML_LATEST_SMALL, drawShop, movieLens, NO_MOVIE_LENS } from "./raw-files.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { dropFiles, upload } from "./uploading.ts";
import { firstVisit } from "./visitor.ts";

const folder = mkdtempSync(join(tmpdir(), "recsys-newcomer-"));
const real = movieLens();
const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);
if (real === undefined) console.warn(NO_MOVIE_LENS);

const LONG = { timeout: 1_800_000 };
const PATIENTLY = { timeout: 60_000, interval: 2_000 };
let browser: Browser;
let panel: RunningPanel;

beforeAll(async () => {
  if (CHROMIUM !== undefined) browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

withBrowser(
  "Q7 Q101–Q113 a newcomer's whole way, with a shop as large as ml-latest-small",
  LONG,
  async () => {
    const files = await drawShop(join(folder, "shop"), AS_ML_LATEST_SMALL);
    await wholeWay(files, "shop", { interactions: "100,836" });
  },
);

(CHROMIUM === undefined || real === undefined ? test.skip : test)(
  "Q7 Q101–Q113 a newcomer's whole way, with ml-latest-small itself",
  LONG,
  () => wholeWay(real!, "movies", { interactions: "100,836" }),
);

/** From the one-time link to the ashes; nothing is reloaded but once, on purpose. */
async function wholeWay(
  files: readonly string[],
  name: string,
  { interactions }: { readonly interactions: string },
): Promise<void> {
  panel = await startPanel(["serve", "--panel", "--bucket", join(folder, name)]);
  const { page, complaints } = await firstVisit(browser, panel.setupLink!);
  await page.getByRole("button", { name: "Begin Customization" }).click();
  await customize(page);
  await bringData(page, files, interactions);

  await goTo(page, "Serving Recipe");
  await deploy(page, "collector");
  await execute(page, "collector", "collector-1");
  await watchTurnGreen(sectionOf(page, "collector"), COLLECTOR_STATES);
  await deploy(page, "core");
  await execute(page, "core", "core-1");
  await reloadInTheMiddle(page);
  await watchTurnGreen(sectionOf(page, "core"), CORE_STATES);
  await deploy(page, "responder");
  const first = await askTheApi(page);
  await lookAtTheDashboard(page, interactions);

  await setSetting(page, { tab: "Core Stack", group: "Training", label: "Seed", value: "7" });
  await goTo(page, "Serving Recipe");
  await deploy(page, "core");
  await execute(page, "core", "core-2");
  await watchTurnGreen(sectionOf(page, "core"), CORE_STATES);
  await compare(page, "core-1", "core-2");
  // The responder looks for newer recommendations every few seconds.
  await expect.poll(() => askTheApi(page), PATIENTLY).not.toBe(first);
  await rollBack(page, { from: "core-2", to: "core-1" });
  await expect.poll(() => askTheApi(page), PATIENTLY).toBe(first);

  await goTo(page, "Burning Recipe");
  for (const stack of ["responder", "core", "collector"] as const) await burn(page, stack);
  await goTo(page, "Home", "RecSys");
  await page.getByText("Not deployed").nth(2).waitFor();
  await logOut(page, "ada");
  expect(complaints).toEqual([]);
  await panel.stop();
}

/** "Bucket Name", "Logging Group Name", the tabs; a slip is told at its field before anything is sent. */
async function customize(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "Customization" }).waitFor();
  await page.getByLabel("Bucket Name").waitFor();
  await page.getByLabel("Logging Group Name").fill("Shop");
  await page.getByRole("tab", { name: "Core Stack" }).click();
  const budget = page.getByRole("textbox", { name: "Training budget (minutes)" });
  await budget.fill("soon");
  await page.getByText("must be a number above 0, got “soon”").first().waitFor();
  await budget.fill("0.5");
  await page.getByText("2 unsaved changes").first().waitFor();
  await page.getByRole("button", { name: "Save draft" }).first().click();
  await page.getByText("Draft saved").waitFor();
}

async function bringData(page: Page, files: readonly string[], interactions: string) {
  await goTo(page, "Data");
  await upload(page, files.slice(0, 1));
  await dropFiles(page, files.slice(1));
  const checks = page.getByRole("button", { name: "Run the checks" });
  await checks.click();
  await page.getByText(/^Checked/).waitFor({ timeout: 120_000 });
  await page.getByText("No row was set aside").waitFor();
  await page.getByRole("definition").getByText(interactions, { exact: true }).waitFor();
}

/** The picture after a reload is the one before it, or a later one of the same execution. */
async function reloadInTheMiddle(page: Page): Promise<void> {
  await stateOf(page, "Train", "Running").waitFor();
  const before = await statesShown(sectionOf(page, "core"));
  await page.reload();
  const section = sectionOf(page, "core");
  await section.getByRole("link", { name: "core-1", exact: true }).waitFor();
  await stateOf(section, "Train").waitFor();
  const after = await statesShown(section);
  expect(after.map(({ title }) => title)).toEqual(before.map(({ title }) => title));
  const done = before.filter(({ status }) => status === "Succeeded");
  expect(after).toEqual(expect.arrayContaining(done));
  await stateOf(page, "Train", "Running")
    .or(stateOf(page, "Train", "Succeeded"))
    .waitFor();
}

async function lookAtTheDashboard(page: Page, interactions: string): Promise<void> {
  await goTo(page, "KPI dashboard");
  await page.getByText(`${interactions} interactions of`).waitFor();
  await page.getByText("From recommendations").first().waitFor();
  await page.waitForLoadState("networkidle");
  expect(await page.getByText("Could not be loaded").count()).toBe(0);
}

async function compare(page: Page, a: string, b: string): Promise<void> {
  await goTo(page, "Executions");
  await page.getByRole("checkbox", { name: `Choose ${a}` }).check();
  await page.getByRole("checkbox", { name: `Choose ${b}` }).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("heading", { level: 1, name: "Compare" }).waitFor();
  await page.getByText(`What changed from ${a} to ${b}.`).waitFor();
  const settings = page.getByRole("table", { name: "Settings that differ" });
  await settings.getByRole("row", { name: "training.seed 0 7" }).waitFor();
  await page.getByText("Whose ten best items changed").waitFor();
}

async function rollBack(page: Page, { from, to }: { from: string; to: string }): Promise<void> {
  await goTo(page, "Executions");
  const row = (name: string) => page.getByRole("row", { name });
  await row(from).getByText("served").waitFor();
  await page.getByRole("button", { name: "Roll back …" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back what is served" });
  await dialog.getByRole("button", { name: "Roll back", exact: true }).click();
  await row(to).getByText("served").waitFor();
}
