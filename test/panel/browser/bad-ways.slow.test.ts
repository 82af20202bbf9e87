import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  COLLECTOR_STATES,
  CORE_STATES,
  deploy,
  execute,
  goTo,
  LONGEST_EXECUTION,
  sectionOf,
  setSetting,
  stateOf,
  watchTurnGreen,
} from "./at-the-panel.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { killJob } from "./job-process.ts";
import { drawShop, SMALL } from "./raw-files.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { upload } from "./uploading.ts";
import { firstVisit, login } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-bad-ways-"));
const ARGUMENTS = [
  ...["serve", "--panel", "--bucket", join(folder, "bucket")],
  ...["--set", "training.budgetMinutes=0.05", "--set", "evaluation.bootstrapSamples=100"],
];
let browser: Browser;
let panel: RunningPanel;
let files: readonly string[] = [];

/** Each test goes on where the one before has left the shop. */
beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  browser = await openBrowser();
  files = await drawShop(join(folder, "shop"), SMALL);
  panel = await startPanel(ARGUMENTS);
});

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

withBrowser(
  "Q113 a broken CSV is told with file, line and column; what was collected before stays, and the mended file is taken",
  async () => {
    const { page } = await firstVisit(browser, panel.setupLink!);
    await goTo(page, "Data");
    await upload(page, files);
    await goTo(page, "Serving Recipe");
    await deploy(page, "collector");
    await execute(page, "collector", "good");
    await watchTurnGreen(sectionOf(page, "collector"), COLLECTOR_STATES);

    await goTo(page, "Data");
    await upload(page, [broken({ rows: 3 })]);
    await check(page);
    const aside = page.getByRole("table", { name: "Rows set aside (3)" });
    await aside.getByRole("row", { name: /interactions\.csv line 3, rating .* five/ }).waitFor();

    await upload(page, [broken({ rows: 400 })]);
    await check(page);
    await page.getByText("The collector would refuse these files").waitFor();
    await goTo(page, "Serving Recipe");
    await execute(page, "collector", "bad");
    const section = sectionOf(page, "collector");
    await stateOf(section, "Collect", "Failed").waitFor({ timeout: LONGEST_EXECUTION });
    await section.getByText(/interactions\.csv:3:rating/).waitFor();
    await goTo(page, "Executions");
    await page.getByRole("row", { name: "good" }).getByText("current").waitFor();

    await goTo(page, "Data");
    await upload(page, files.slice(0, 1));
    await goTo(page, "Serving Recipe");
    await section.getByRole("button", { name: "Retry from “Collect”" }).click();
    await watchTurnGreen(section, COLLECTOR_STATES);
  },
);

withBrowser("Q107 a name that an execution has already is refused at its field", async () => {
  const { page } = await login(browser, panel.url);
  await goTo(page, "Serving Recipe");
  const section = sectionOf(page, "collector");
  await section.getByLabel("Execution name").fill("good");
  await section.getByRole("button", { name: "Execute", exact: true }).click();
  await section.getByText("There is a collector execution “good” already").waitFor();
});

withBrowser(
  "Q62 a rejected model is shown with the reason, serves nothing, and can be promoted by hand with a reason that is kept",
  async () => {
    const { page } = await login(browser, panel.url);
    await setThreshold(page, "0.99");
    await goTo(page, "Serving Recipe");
    await deploy(page, "core");
    await execute(page, "core", "too-bad");
    const section = sectionOf(page, "core");
    await stateOf(section, "Model rejected", "Failed").waitFor({ timeout: LONGEST_EXECUTION });
    await section.getByText(/0\.99/).first().waitFor();
    await section.getByRole("link", { name: "too-bad", exact: true }).click();
    await page.getByRole("button", { name: "Promote by hand" }).click();
    const dialog = page.getByRole("dialog", { name: "Promote too-bad by hand" });
    await dialog.getByRole("textbox").fill("because");
    await dialog.getByRole("button", { name: "Promote" }).click();
    await dialog.getByText("Say it in at least 10 characters").waitFor();
    await dialog.getByRole("textbox").fill("The threshold was a slip of the pen");
    await dialog.getByRole("button", { name: "Promote" }).click();
    await watchTurnGreen(page, ["Refit", "Transform", "Merge", "Publish", "Served"]);
    await goTo(page, "Models");
    await page.getByRole("link", { name: "too-bad", exact: true }).click();
    await page.getByText(/Promoted by hand by ada.*The threshold was a slip of the pen/).waitFor();
    await setThreshold(page, "");
    await goTo(page, "Serving Recipe");
    await deploy(page, "core");
  },
);

withBrowser(
  "a job that is killed is tried again by itself; when that does not help the page says so, and a retry goes on from there",
  async () => {
    const { page } = await login(browser, panel.url);
    await goTo(page, "Serving Recipe");
    await execute(page, "core", "unlucky");
    const section = sectionOf(page, "core");
    for (const attempt of [1, 2, 3]) {
      await section.getByRole("tab", { name: `Attempts (${attempt})` }).waitFor();
      await killJob(panel.process.pid!, "train");
    }
    await stateOf(section, "Train", "Failed").waitFor({ timeout: 60_000 });
    await section
      .getByText(/was killed/i)
      .first()
      .waitFor();
    await section.getByRole("button", { name: "Retry from “Train”" }).click();
    await watchTurnGreen(section, CORE_STATES);
  },
);

withBrowser(
  "a server that is restarted in the middle of an execution goes on with it, and an open page with both, untouched",
  async () => {
    const { page } = await login(browser, panel.url);
    await goTo(page, "Serving Recipe");
    await execute(page, "core", "long-lived");
    const section = sectionOf(page, "core");
    await section.getByRole("link", { name: "long-lived", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "long-lived" }).waitFor();
    await stateOf(page, "Train", "Running").waitFor();
    for (const end of ["stop", "kill"] as const) {
      await panel[end]();
      await page.getByText("The connection to the server is lost").waitFor();
      panel = await startPanel(ARGUMENTS, new URL(panel.url).port);
      await page.getByText("The connection to the server is lost").waitFor({ state: "hidden" });
    }
    await watchTurnGreen(page, CORE_STATES);
    await page.getByRole("definition").getByText("Succeeded", { exact: true }).first().waitFor();
  },
);

async function check(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run the checks" }).click();
  await page.getByText("The checks are running").first().waitFor();
  await page.getByText("The checks are running").first().waitFor({ state: "hidden" });
}

/** The interactions, from the third line on with a rating that is none. */
function broken({ rows }: { readonly rows: number }): string {
  const [interactions = ""] = files;
  const lines = readFileSync(interactions, "utf8").split("\n");
  const copy = join(mkdtempSync(join(folder, "broken-")), basename(interactions));
  const end = 2 + rows;
  writeFileSync(
    copy,
    lines
      .map((line, at) => {
        const cells = line.split(",");
        return at < 2 || at >= end
          ? line
          : [...cells.slice(0, 3), "five", ...cells.slice(4)].join(",");
      })
      .join("\n"),
  );
  return copy;
}

function setThreshold(page: Page, value: string): Promise<void> {
  return setSetting(page, {
    tab: "Core Stack",
    group: "Evaluation",
    label: "Gate: threshold",
    value,
  });
}
