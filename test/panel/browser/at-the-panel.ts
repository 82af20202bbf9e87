import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import type { StackName } from "../../../src/schema/index.ts";

/** What a person does at the panel: they read headings and labels, and follow links. */

const STACKS: Readonly<Record<StackName, string>> = {
  collector: "Collector Stack",
  core: "Core Stack",
  responder: "Responder Stack",
};

/** An execution takes as long as the machine lets it. */
export const LONGEST_EXECUTION = 400_000;

/** Follows a link of the side navigation and waits for its page. */
export async function goTo(page: Page, link: string, title = link): Promise<void> {
  const navigation = page.getByRole("navigation", { name: "Side navigation" });
  await navigation.getByRole("link", { name: link, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** The part of the page Serving Recipe that is about a stack. */
export function sectionOf(page: Page, stack: StackName): Locator {
  return page.getByRole("region", { name: STACKS[stack] });
}

/** "Deploy Configurations", on the page Serving Recipe, until it is said to be deployed. */
export async function deploy(page: Page, stack: StackName): Promise<void> {
  const section = sectionOf(page, stack);
  await section.getByRole("button", { name: "Deploy Configurations" }).click();
  await section.getByText(/Configuration \d+ is deployed/).waitFor();
}

/** "Execute", on the page Serving Recipe, until the execution's graph is drawn. */
export async function execute(page: Page, stack: "collector" | "core", name: string) {
  const section = sectionOf(page, stack);
  await section.getByLabel("Execution name").fill(name);
  await section.getByRole("button", { name: "Execute", exact: true }).click();
  await section.getByRole("link", { name, exact: true }).waitFor();
  await stateOf(section, stack === "collector" ? "Collect" : "Train").waitFor();
}

/** A state of an execution's graph, as it is announced: "Train: Running". */
export function stateOf(place: Page | Locator, title: string, status?: string): Locator {
  const name = status === undefined ? new RegExp(`^${title}: `) : `${title}: ${status}`;
  return place.getByRole("group", { name, exact: true });
}

/** Waits until each of the states has turned green, in their order; nothing is clicked meanwhile. */
export async function watchTurnGreen(place: Page | Locator, titles: readonly string[]) {
  for (const title of titles) {
    await stateOf(place, title, "Succeeded").waitFor({ timeout: LONGEST_EXECUTION });
  }
}

export const COLLECTOR_STATES: readonly string[] = [
  "Collect",
  "Measure",
  "Publish data",
  "Collected",
];

export const CORE_STATES: readonly string[] = [
  "Train",
  "Evaluate",
  "Gate",
  "Refit",
  "Transform",
  "Merge",
  "Publish",
  "Served",
];

/** Every state of a graph, as it is announced. */
export async function statesShown(
  place: Page | Locator,
): Promise<readonly { readonly title: string; readonly status: string }[]> {
  const groups = await place.getByRole("application").getByRole("group").all();
  const names = await Promise.all(groups.map((group) => group.getAttribute("aria-label")));
  return names.map((name) => {
    const [title = "", status = ""] = (name ?? "").split(": ");
    return { title, status };
  });
}

/** Makes the documentation's example call; what was answered. */
export async function askTheApi(page: Page): Promise<string> {
  await goTo(page, "API");
  await page.getByRole("button", { name: "Send the request" }).click();
  const status = page.getByRole("definition").getByText("200", { exact: true });
  await status.waitFor();
  const text = await page.getByRole("region", { name: "Answer" }).innerText();
  const answer = JSON.parse(text) as Record<string, readonly object[]>;
  expect(Object.entries(answer).map(([user, items]) => [user, items.length])).toEqual([
    ["10", 10],
    ["20", 10],
  ]);
  return text;
}

/** Changes one setting of a group on the page Customization, and saves the draft. */
export async function setSetting(
  page: Page,
  { tab, group, label, value }: Readonly<Record<"tab" | "group" | "label" | "value", string>>,
): Promise<void> {
  await goTo(page, "Customization");
  await page.getByRole("tab", { name: tab }).click();
  const place = page.getByRole("group", { name: group, exact: true });
  await place.getByRole("textbox", { name: label, exact: true }).fill(value);
  await page.getByRole("button", { name: "Save draft" }).first().click();
  await page.getByText("Draft saved").first().waitFor();
}

/** Burns a stack: chosen, its name typed, "Burn Now", until it is gone. */
export async function burn(page: Page, stack: StackName): Promise<void> {
  await page.getByRole("radio", { name: STACKS[stack] }).check();
  await page.getByLabel(`To confirm, type “${stack}”`).fill(stack);
  await page.getByRole("button", { name: "Burn Now" }).click();
  await page.getByText(`The ${STACKS[stack]} has been burned`).waitFor();
}

/** Logs out by the menu in the upper right, which is named as the person is. */
export async function logOut(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
}
