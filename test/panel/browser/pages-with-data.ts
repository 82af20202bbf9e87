import type { Page } from "playwright-core";

import { PAST } from "./shop-with-past.ts";

/** A page in a state that is looked at. */
export interface View {
  readonly path: string;
  /** What stands there once its data has come. */
  readonly shows: string | RegExp;
  /** What somebody does there. */
  readonly act?: (page: Page) => Promise<void>;
}

const press = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.getByRole("button", { name }).first().click();
};

/** Every page with data in it, and what opens on them. */
export const VIEWS: Readonly<Record<string, View>> = {
  home: { path: "/", shows: PAST.second },
  customization: { path: "/customization", shows: "Bucket Name" },
  "the core's settings": {
    path: "/customization",
    shows: "Bucket Name",
    act: (page) => page.getByRole("tab", { name: "Core Stack" }).click(),
  },
  "a setting that is refused": {
    path: "/customization",
    shows: "Bucket Name",
    act: async (page) => {
      await page.getByRole("tab", { name: "Core Stack" }).click();
      await page.getByRole("textbox", { name: "Training budget (minutes)" }).fill("-1");
      await press(page, "Save draft");
    },
  },
  "what the last collection found": { path: "/data", shows: "Rows of each file" },
  "data that the collector would refuse": {
    path: "/data",
    shows: "Rows of each file",
    act: async (page) => {
      await press(page, "Run the checks");
      await page.getByText("The collector would refuse these files").waitFor();
    },
  },
  "a file's first rows": {
    path: "/data",
    shows: "item_features.csv",
    act: async (page) => {
      await press(page, "Preview item_features.csv");
      await page.getByRole("dialog").getByRole("table").waitFor();
    },
  },
  "the recipe": { path: "/serving-recipe", shows: "Served" },
  burning: {
    path: "/burning-recipe",
    shows: "Which stack?",
    act: async (page) => {
      await page.getByRole("radio", { name: /Core Stack/ }).click();
      await page.getByRole("heading", { name: "Burn the Core Stack" }).waitFor();
    },
  },
  executions: { path: "/executions", shows: PAST.first },
  "going back to an earlier model": {
    path: "/executions",
    shows: PAST.first,
    act: async (page) => {
      await press(page, /^Roll back/);
      await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).waitFor();
    },
  },
  "an execution of the collector": {
    path: `/executions/collector/${PAST.data}`,
    shows: "Collected",
  },
  "an execution of the core": { path: `/executions/core/${PAST.second}`, shows: "Served" },
  "one that failed": { path: `/executions/collector/${PAST.broken}`, shows: /header/ },
  "one that was rejected": { path: `/executions/core/${PAST.rejected}`, shows: /0\.99/ },
  "two executions": {
    path: `/executions/compare?a=${PAST.first}&b=${PAST.second}`,
    shows: "Users compared",
  },
  models: { path: "/models", shows: PAST.rejected },
  "a model": { path: `/models/${PAST.second}`, shows: "Metrics" },
  "a model that was rejected": { path: `/models/${PAST.rejected}`, shows: /0\.99/ },
  "promoting by hand": {
    path: `/models/${PAST.rejected}`,
    shows: /0\.99/,
    act: async (page) => {
      await press(page, /^Promote/);
      await page.getByRole("dialog").getByRole("textbox").waitFor();
    },
  },
  "the evaluation's report": { path: `/panel/api/models/${PAST.second}/report`, shows: /NDCG/i },
  explore: { path: "/explore", shows: "By id, or name if there is one." },
  "a user": { path: "/explore/users/10", shows: "Recommendations" },
  "why not an item": { path: "/explore/users/10?item=50", shows: "Recommendations" },
  "an item": { path: "/explore/items/10", shows: "Most similar items" },
  logs: { path: "/logs", shows: /Collect/ },
  "no workers": { path: "/workers", shows: "All jobs run on this machine" },
  dashboard: { path: "/dashboard?range=all", shows: "Interactions by source" },
  "the dashboard's tables": {
    path: "/dashboard?range=all",
    shows: "Interactions by source",
    act: async (page) => {
      await press(page, "Interactions by source: more");
      await page.getByRole("menuitem", { name: "Show as table" }).click();
      await page.getByRole("table").first().waitFor();
    },
  },
  "how a figure is computed": {
    path: "/dashboard?range=all",
    shows: "Interactions by source",
    act: async (page) => {
      await press(page, "Interactions by source: more");
      await page.getByRole("menuitem", { name: "How is this computed" }).click();
      await page.getByRole("dialog").last().waitFor();
    },
  },
  "an answer of the API": {
    path: "/api",
    shows: "Invoke URL",
    act: async (page) => {
      await press(page, "Send the request");
      await page.getByText("200", { exact: true }).waitFor();
    },
  },
  access: { path: "/access", shows: "Audit log" },
  "an invitation": {
    path: "/access",
    shows: "Audit log",
    act: async (page) => {
      await press(page, /^Invite/);
      await page.getByRole("dialog").last().waitFor();
    },
  },
};

/** Opens a page and waits until nothing on it is on its way any more. */
export async function openView(page: Page, url: string, { path, shows, act }: View): Promise<void> {
  await page.goto(url + path);
  await page.getByText(shows).first().waitFor();
  await settled(page);
  await act?.(page);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  const isBusy = `document.querySelector('[aria-busy="true"]') !== null ||
    /Loading .{2,40} …/.test(document.body.innerText)`;
  do await page.waitForTimeout(200);
  while (await page.evaluate<boolean>(isBusy));
}
