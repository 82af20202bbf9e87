import { join } from "node:path";

import type { Locator, Page } from "playwright-core";

/** How long a stage may take, on a machine that has other things to do. */
export const STAGE_MS = 240_000;

/** Where a stack's buttons stand on the Serving Recipe, from above. */
export const PLACES = { collector: 0, core: 1, responder: 2 } as const;

const RAW = ["user_item_interactions.csv", "item_features.csv", "item_features_description.json"];

/** Goes to a page by the navigation. */
export async function visit(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Gives the page Data files of a folder, as its file chooser does, and waits until they have arrived. */
export async function upload(page: Page, folder: string, names: readonly string[] = RAW) {
  await page.getByLabel(/Choose files/).setInputFiles(names.map((name) => join(folder, name)));
  for (const name of names) {
    await page.getByRole("group", { name }).getByText("stored").waitFor({ timeout: STAGE_MS });
  }
}

/** Runs the checks on the page Data; what they found can be read afterwards. */
export async function check(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run the checks" }).click();
  await page
    .getByText(/^(Checked|The collector would refuse)/)
    .first()
    .waitFor({ timeout: STAGE_MS });
}

/** Deploys a stack on the page Serving Recipe. */
export async function deploy(page: Page, stack: keyof typeof PLACES): Promise<void> {
  const button = page.getByRole("button", { name: "Deploy Configurations" }).nth(PLACES[stack]);
  const deployed = page.getByText(/^Configuration \d+ is deployed/);
  const before = await deployed.count();
  await button.click();
  await deployed.nth(before).waitFor();
}

/** Executes a stack on the page Serving Recipe, under a name of one's own. */
export async function execute(page: Page, stack: "collector" | "core", name: string) {
  await page.getByRole("textbox", { name: "Execution name" }).nth(PLACES[stack]).fill(name);
  await page.getByRole("button", { name: "Execute", exact: true }).nth(PLACES[stack]).click();
  await page.getByRole("heading", { name, exact: true }).waitFor();
}

/** A state in the workflow's graph, once it is so: `Succeeded`, `Running` … */
export function state(page: Page, name: string, standing: string): Locator {
  return page.getByRole("group", { name: `${name}: ${standing}` });
}
