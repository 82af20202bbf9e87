import type { Scene } from "./camera.ts";
import { EXECUTIONS } from "./shop-with-past.ts";

const { collectors, first, second, rejected } = EXECUTIONS;

/** Where the one-time link leads. */
export const SETUP: readonly Omit<Scene, "path">[] = [
  { name: "setup" },
  {
    name: "setup-refused",
    act: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("ada");
      await page.getByLabel("Password", { exact: true }).fill("short");
      await page.getByLabel("Password again").fill("short");
      await page.getByRole("button", { name: "Begin" }).click();
      await page.getByText("At least 12 characters").first().waitFor();
    },
  },
];

/** Before one is logged in. */
export const LOGIN: readonly Scene[] = [
  { name: "login", path: "/" },
  {
    name: "login-refused",
    path: "/",
    act: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("ada");
      await page.getByLabel("Password").fill("not my password");
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByText("password is wrong").first().waitFor();
    },
  },
];

/** On a fresh system: what a newcomer sees. */
export const FRESH: readonly Scene[] = [
  { name: "home-fresh", path: "/" },
  { name: "customization-fresh", path: "/customization" },
  { name: "data-fresh", path: "/data" },
  { name: "serving-recipe-fresh", path: "/serving-recipe" },
  { name: "burning-recipe-fresh", path: "/burning-recipe" },
  { name: "executions-fresh", path: "/executions" },
  { name: "models-fresh", path: "/models" },
  { name: "explore-fresh", path: "/explore" },
  { name: "logs-fresh", path: "/logs" },
  { name: "dashboard-fresh", path: "/dashboard" },
  { name: "api-fresh", path: "/api" },
  { name: "unknown-page", path: "/no-such-page" },
];

/** Of a shop that has a past. */
export const SHOP: readonly Scene[] = [
  { name: "home", path: "/" },
  { name: "dashboard", path: "/dashboard" },
  {
    name: "weekly-report",
    path: "/dashboard",
    async act(page) {
      const link = page.getByRole("table", { name: "Weekly reports" }).getByRole("link").first();
      await page.goto(new URL((await link.getAttribute("href"))!, page.url()).href);
    },
  },
  { name: "dashboard-year", path: "/dashboard?range=all" },
  { name: "dashboard-filtered", path: "/dashboard?range=90&source=search&category=Garden" },
  {
    name: "dashboard-explained",
    path: "/dashboard",
    isWindow: true,
    act: async (page) => {
      await page.getByRole("button", { name: "Interactions by source: more" }).click();
      await page.getByRole("menuitem", { name: "How is this computed" }).click();
    },
  },
  {
    name: "dashboard-tables",
    path: "/dashboard",
    act: async (page) => {
      for (const title of ["Interactions by source", "Top items by source"]) {
        await page.getByRole("button", { name: `${title}: more` }).click();
        await page.getByRole("menuitem", { name: "Show as table" }).click();
      }
    },
  },
  { name: "customization", path: "/customization" },
  {
    name: "customization-core",
    path: "/customization",
    act: (page) => page.getByRole("tab", { name: "Core Stack" }).click(),
  },
  { name: "data", path: "/data" },
  { name: "serving-recipe", path: "/serving-recipe" },
  {
    name: "burning-recipe",
    path: "/burning-recipe",
    act: (page) => page.getByRole("radio", { name: /Core Stack/ }).click(),
  },
  { name: "executions", path: "/executions" },
  { name: "execution-collector", path: `/executions/collector/${collectors[1]}` },
  { name: "execution-core", path: `/executions/core/${second}` },
  { name: "execution-rejected", path: `/executions/core/${rejected}` },
  { name: "compare", path: `/executions/compare?a=${first}&b=${second}` },
  { name: "models", path: "/models" },
  { name: "models-unreachable", path: "/models", unanswered: "**/panel/api/models" },
  { name: "model", path: `/models/${second}` },
  { name: "model-rejected", path: `/models/${rejected}` },
  { name: "evaluation-report", path: `/panel/api/models/${second}/report` },
  { name: "explore", path: "/explore" },
  { name: "explore-user", path: "/explore/users/10" },
  { name: "explore-item", path: "/explore/items/10" },
  { name: "explore-why-not", path: "/explore/users/10?item=500" },
  {
    name: "api",
    path: "/api",
    act: async (page) => {
      await page.getByRole("button", { name: "Send the request" }).click();
      await page.getByText("200").first().waitFor();
    },
  },
  { name: "logs", path: "/logs" },
  { name: "logs-problems", path: "/logs?level=warn" },
  { name: "access", path: "/access" },
];

/** While a model is being trained; `:name` is its execution. */
export const RUNNING: readonly Scene[] = [
  { name: "running-home", path: "/" },
  { name: "running-serving-recipe", path: "/serving-recipe" },
  { name: "running-execution", path: "/executions/core/:name" },
];

/** The pictures of the README, and how high each is. */
export const README: ReadonlyMap<string, number> = new Map([
  ["dashboard", 1120],
  ["running-execution", 1160],
  ["explore-user", 880],
  ["models", 960],
]);
