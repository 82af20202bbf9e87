import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, test } from "vitest";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { RAW_FILES } from "../../../src/schema/index.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { dropFiles } from "./drop-files.ts";
import { deploy, execute, STAGE_MS, state, upload, visit } from "./newcomer.ts";
import { type RunningPanel, startPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";
import { expectWholeGraph } from "./whole-graph.ts";

const withBrowser = CHROMIUM === undefined ? test.skip : test;
if (CHROMIUM === undefined) console.warn(NO_CHROMIUM);

const folder = mkdtempSync(join(tmpdir(), "recsys-broken-rows-"));
const shop = join(folder, "shop");
let browser: Browser | undefined;
let panel: RunningPanel | undefined;

beforeAll(async () => {
  if (CHROMIUM === undefined) return;
  await writeSampleShop(shop, { users: 300, items: 120, interactions: 9_000 });
  browser = await openBrowser();
  panel = await startPanel(["serve", "--panel", "--bucket", join(folder, "bucket")]);
});

afterAll(async () => {
  await browser?.close();
  await panel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

withBrowser(
  "Q113 broken rows are told with file, line and column: a few are set aside, many are refused, and what was collected before stays until the mended file is taken",
  async () => {
    const { page } = await firstVisit(browser!, panel!.setupLink!);
    await visit(page, "Data");
    // As a person does it: all at once, by drag and drop.
    await dropFiles(page, shop);
    await visit(page, "Serving Recipe");
    await deploy(page, "collector");
    await execute(page, "collector", "good");
    await state(page, "Collected", "Succeeded").waitFor({ timeout: STAGE_MS });

    await visit(page, "Data");
    await upload(page, withWrongRatings(3), [RAW_FILES.interactions]);
    const checks = page.getByRole("button", { name: "Run the checks" });
    await checks.click();
    await page.getByRole("heading", { name: "Rows set aside (3)" }).waitFor({ timeout: STAGE_MS });
    const aside = page.getByRole("table", { name: "Rows set aside" });
    const place = /user_item_interactions\.csv\s*line 3, rating .*five/;
    await aside.getByRole("row", { name: place }).waitFor();

    await upload(page, withWrongRatings(2_000), [RAW_FILES.interactions]);
    await checks.click();
    await page.getByText("The collector would refuse these files").waitFor({ timeout: STAGE_MS });
    await visit(page, "Serving Recipe");
    await execute(page, "collector", "refused");
    await state(page, "Collect", "Failed").waitFor({ timeout: STAGE_MS });
    await expectWholeGraph(page);
    await page
      .getByText(/user_item_interactions\.csv:3: bad_rating in rating, got "five"/)
      .first()
      .waitFor();
    await visit(page, "Executions");
    await page.getByRole("row", { name: /good\s*current/ }).waitFor();

    await visit(page, "Data");
    await upload(page, shop, [RAW_FILES.interactions]);
    await visit(page, "Serving Recipe");
    await page.getByRole("button", { name: "Retry from “Collect”" }).click();
    await state(page, "Collected", "Succeeded").waitFor({ timeout: STAGE_MS });
  },
);

/** A folder with interactions whose rating, from the third line on, is a word in so many rows. */
function withWrongRatings(rows: number): string {
  const copy = join(folder, `wrong-${rows}`);
  cpSync(shop, copy, { recursive: true });
  const file = join(copy, RAW_FILES.interactions);
  const lines = readFileSync(file, "utf8").split("\n");
  const wrong = lines.map((line, at) =>
    at < 2 || at >= 2 + rows ? line : line.split(",").with(3, "five").join(","),
  );
  writeFileSync(file, wrong.join("\n"));
  return copy;
}
