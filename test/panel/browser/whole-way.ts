import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

import { check, deploy, execute, STAGE_MS, state, upload, visit } from "./newcomer.ts";
import type { RunningPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";

/** What the newcomer brings, and is told about it. */
export interface BroughtShop {
  /** Folder with the three raw files. */
  readonly folder: string;
  readonly users: string;
  readonly interactions: string;
  /** Minutes that a training may take: written into the form. */
  readonly budgetMinutes: string;
}

/**
 * The whole way of somebody who has just installed the product, from the one-time link to burning it all, by what is on the pages alone.
 *
 * @returns what the browser complained of
 */
export async function goTheWholeWay(
  browser: Browser,
  panel: RunningPanel,
  shop: BroughtShop,
): Promise<readonly string[]> {
  const { page, complaints } = await firstVisit(browser, panel.setupLink!);
  page.setDefaultTimeout(30_000);
  await customize(page, shop);
  await bringData(page, shop);
  await collect(page);
  await train(page, "first-model");
  await deploy(page, "responder");
  await askTheApi(page);
  await lookAtTheDashboard(page, shop);
  await visit(page, "Serving Recipe");
  await train(page, "second-model");
  await compare(page);
  await rollBack(page, panel.url);
  await burn(page);
  await logOut(page);
  return complaints;
}

async function customize(page: Page, { budgetMinutes }: BroughtShop): Promise<void> {
  await page.getByRole("button", { name: "Begin Customization" }).click();
  await page.getByRole("tab", { name: "Core Stack" }).click();
  await page.getByRole("textbox", { name: "Training budget (minutes)" }).fill(budgetMinutes);
  // So that a second model of the same data, which differs by chance alone, is served too.
  await page.getByRole("checkbox", { name: /compare with what is served/ }).click();
  await page.getByRole("button", { name: "Save draft" }).first().click();
  await page.getByText(/The draft was saved/).waitFor();
}

async function bringData(page: Page, shop: BroughtShop): Promise<void> {
  await visit(page, "Data");
  await upload(page, shop.folder);
  await check(page);
  expect(await definition(page, "Users")).toBe(shop.users);
  expect(await definition(page, "Interactions")).toBe(shop.interactions);
}

async function collect(page: Page): Promise<void> {
  await visit(page, "Serving Recipe");
  await deploy(page, "collector");
  await execute(page, "collector", "first-data");
  for (const name of ["Collect", "Measure", "Publish data", "Collected"]) {
    await state(page, name, "Succeeded").waitFor({ timeout: STAGE_MS });
  }
}

/** Deploys the core and watches it turn green; looks away in the middle. */
async function train(page: Page, name: string): Promise<void> {
  await deployAgain(page);
  await execute(page, "core", name);
  await state(page, "Train", "Running").waitFor();
  await page.getByText(/epoch \d+ of \d+ · loss/).waitFor({ timeout: STAGE_MS });
  await page.reload();
  await page.getByRole("heading", { name }).waitFor();
  await state(page, "Needs training", "Succeeded").waitFor();
  await state(page, "Served", "Succeeded").waitFor({ timeout: STAGE_MS });
  expect(await state(page, "Train", "Succeeded").count()).toBe(1);
  expect(await state(page, "Model rejected", "Not taken").count()).toBe(1);
}

async function deployAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Deploy Configurations" }).nth(1).click();
  const execution = page.getByRole("button", { name: "Execute", exact: true }).nth(1);
  await expect.poll(() => execution.isEnabled(), { timeout: 30_000 }).toBe(true);
}

async function askTheApi(page: Page): Promise<void> {
  await visit(page, "API");
  await page.getByRole("button", { name: "Send the request" }).click();
  await page.getByText("200", { exact: true }).waitFor();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  expect(Object.keys(JSON.parse(await answer.innerText()) as object)).toContain("10");
}

async function lookAtTheDashboard(page: Page, shop: BroughtShop): Promise<void> {
  await visit(page, "KPI dashboard");
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect
    .poll(() => page.locator("main").innerText(), { timeout: 30_000 })
    .toContain(shop.interactions);
}

async function compare(page: Page): Promise<void> {
  await visit(page, "Executions");
  for (const name of ["first-model", "second-model"]) {
    await page.getByRole("checkbox", { name: `Choose ${name}` }).click();
  }
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("heading", { level: 1, name: "Compare" }).waitFor();
  expect(await definition(page, "Users compared")).toMatch(/^[\d,]+$/);
  await page.getByRole("rowheader", { name: "NDCG@10" }).waitFor();
}

/** Serves the first model again; the API says so. */
async function rollBack(page: Page, url: string): Promise<void> {
  await expect.poll(() => served(url), { timeout: 30_000 }).toBe("second-model");
  await visit(page, "Executions");
  await page.getByRole("button", { name: /^Roll back/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await page.getByText("Rolled back").waitFor();
  await expect.poll(() => served(url), { timeout: 30_000 }).toBe("first-model");
}

async function burn(page: Page): Promise<void> {
  await visit(page, "Burning Recipe");
  for (const stack of ["Responder", "Core", "Collector"]) {
    await page.getByRole("radio", { name: `${stack} Stack` }).click();
    const confirm = page.getByRole("textbox", { name: /^To confirm/ });
    await page.getByRole("heading", { name: `Burn the ${stack} Stack` }).waitFor();
    await confirm.fill(stack.toLowerCase());
    await page.getByRole("button", { name: "Burn Now" }).click();
    await page.getByText(`The ${stack} Stack has been burned`).waitFor();
  }
  await visit(page, "Serving Recipe");
  await expect.poll(() => page.getByText("Not deployed").count()).toBe(3);
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "ada" }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await page.getByRole("button", { name: "Log in" }).waitFor();
}

/** What stands beside a term in a list of pairs. */
async function definition(page: Page, term: string): Promise<string> {
  const place = page.getByRole("term").filter({ hasText: new RegExp(`^${term}$`) });
  return place.first().locator("xpath=following-sibling::dd[1]").innerText();
}

async function served(url: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/health/ready`);
  return ((await answer.json()) as { execution?: string }).execution;
}
