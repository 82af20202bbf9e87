import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { check, deploy, execute, STAGE_MS, state, upload, visit } from "./newcomer.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

/*
 * Everything that goes wrong happens to one shop, one thing after the other: each test begins where the one before has ended,
 * as it is with a real one.
 */
const INTERACTIONS = "user_item_interactions.csv";
const folder = mkdtempSync(join(tmpdir(), "recsys-bad-ways-"));
const shop = join(folder, "shop");
const broken = join(folder, "broken");
/** Names that no other execution on this machine has, so that its jobs can be told. */
const names = { killed: `killed-${process.pid}`, restarted: `restarted-${process.pid}` };
let browser: Browser;
let panel: RunningPanel;
let page: Page;

const start = (port = "0") =>
  startPanel(["serve", "--panel", "--bucket", join(folder, "bucket"), "--port", port]);

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  await writeSampleShop(shop, { users: 300, items: 120, interactions: 9000 });
  cpSync(shop, broken, { recursive: true });
  writeFileSync(
    join(broken, INTERACTIONS),
    "interaction_id,user_id,item_id,rating,timestamp,source\n1,2,3\n4,5,6\n",
  );
  browser = await openBrowser();
  panel = await start();
  ({ page } = await firstVisit(browser, panel.setupLink!));
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  if (CHROMIUM !== undefined) {
    await browser.close();
    await panel.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

withBrowser("a broken CSV is told with its line, by the check and by the collector", async () => {
  await visit(page, "Data");
  await upload(page, broken);
  await check(page);
  const words = `raw_data/${INTERACTIONS}:1: the header has 6 cells and most rows have 3`;
  await page.getByText(words).waitFor();
  await visit(page, "Serving Recipe");
  await deploy(page, "collector");
  await execute(page, "collector", "broken");
  await state(page, "Collect", "Failed").waitFor({ timeout: STAGE_MS });
  await page.getByText("The data cannot be used").waitFor();
  await page.getByText(words).waitFor();
});

withBrowser("Q107 a name that is taken is refused at its field, and nothing begins", async () => {
  await visit(page, "Data");
  await upload(page, shop);
  await visit(page, "Serving Recipe");
  await page.getByRole("textbox", { name: "Execution name" }).first().fill("broken");
  await page.getByRole("button", { name: "Execute", exact: true }).first().click();
  await page.getByText(/there is a collector execution "broken" already/).waitFor();
  await execute(page, "collector", "mended");
  await state(page, "Collected", "Succeeded").waitFor({ timeout: STAGE_MS });
});

withBrowser(
  "a job that is killed is tried again; killed again and again, its execution fails and goes on from there when it is told to",
  async () => {
    await budget(page, "0.3");
    await visit(page, "Serving Recipe");
    await deploy(page, "core");
    await execute(page, "core", names.killed);
    const killed = new Set<number>();
    const retry = page.getByRole("button", { name: "Retry from “Train”" });
    while ((await retry.count()) === 0) {
      const job = jobOf(names.killed);
      if (job !== undefined && !killed.has(job)) {
        killed.add(job);
        process.kill(job, "SIGKILL");
      }
      await page.waitForTimeout(200);
    }
    expect(killed.size).toBe(3); // the first, and two that were tried again
    await page.getByRole("tab", { name: "Attempts (3)" }).waitFor();
    await page.getByText("The machine or the job’s process went away").first().waitFor();
    await retry.click();
    await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
  },
);

withBrowser(
  "a server that is killed in the middle of an execution and comes back takes it up, and the page with it",
  async () => {
    await execute(page, "core", names.restarted);
    await state(page, "Train", "Running").waitFor();
    await page.getByText(/epoch \d+ of \d+ · loss/).waitFor();
    await panel.kill();
    panel = await start(new URL(panel.url).port);
    await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
    expect(await page.getByRole("heading", { name: names.restarted }).count()).toBeGreaterThan(0);
  },
);

withBrowser(
  "A10 a rejected model is told with what the gate asked, and served when it is promoted with a reason, which is kept",
  async () => {
    await visit(page, "Customization");
    await page.getByRole("tab", { name: "Core Stack" }).click();
    await page.getByRole("textbox", { name: "Gate: threshold" }).fill("0.99");
    await page.getByRole("button", { name: "Save draft" }).first().click();
    await page.getByText("No unsaved changes").first().waitFor();
    await visit(page, "Serving Recipe");
    await page.getByRole("button", { name: "Deploy Configurations" }).nth(1).click();
    await page.getByText("Configuration 2 is deployed").waitFor();
    await execute(page, "core", "too-strict");
    await state(page, "Gate", "Succeeded").waitFor({ timeout: STAGE_MS });
    await page.getByText(/0\.99/).first().waitFor();
    await page.getByRole("button", { name: "Promote by hand" }).click();
    const reason = "the threshold was set much too high";
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name: "Promote" }).click();
    await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
    await visit(page, "Models");
    await page.getByText(reason).first().waitFor();
  },
);

async function budget(at: Page, minutes: string): Promise<void> {
  await visit(at, "Customization");
  await at.getByRole("tab", { name: "Core Stack" }).click();
  await at.getByRole("textbox", { name: "Training budget (minutes)" }).fill(minutes);
  await at.getByRole("checkbox", { name: /compare with what is served/ }).click();
  await at.getByRole("button", { name: "Save draft" }).first().click();
  await at.getByText(/The draft was saved/).waitFor();
}

/** The process that does a job of an execution now. */
function jobOf(execution: string): number | undefined {
  const [file] = globSync(join(tmpdir(), `recsys-jobs-*-core-${execution}/*/*/process.json`));
  if (file === undefined) return undefined;
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { pid: number }).pid;
  } catch {
    return undefined; // it is being written or removed
  }
}
