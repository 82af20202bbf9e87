import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import type { Page } from "playwright-core";

import type { InvitationLink } from "../../../src/schema/index.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "../browser/chromium.ts";
import { type RunningPanel, startPanel } from "../browser/running-panel.ts";
import { firstVisit, login, openPage } from "../browser/visitor.ts";
import { type Camera, MODES, photograph, WIDTHS } from "./camera.ts";
import { writeContactSheet } from "./contact-sheet.ts";
import { panelCalls, type PanelCalls, until } from "./panel-calls.ts";
import { FRESH, LOGIN, README, RUNNING, SETUP, SHOP } from "./scenes.ts";
import { liveThePast } from "./shop-with-past.ts";

/**
 * Takes a picture of every page: of a fresh system, of a shop with a past, in the middle of a training; at three widths,
 * in light and dark. The server is the real one and what it shows has really been computed.
 */
const { values: flags } = parseArgs({
  options: {
    /** Keeps the shop in this folder and finds it there the next time. */
    shop: { type: "string" },
    only: { type: "string", default: "" },
    widths: { type: "string", default: WIDTHS.join(",") },
    modes: { type: "string", default: MODES.join(",") },
    output: { type: "string", default: "reports/screenshots" },
    /** Only the pictures of the README, to where it has them. */
    readme: { type: "boolean", default: false },
  },
});

if (CHROMIUM === undefined) {
  console.error(NO_CHROMIUM);
  process.exit(2);
}
const camera: Camera = flags.readme
  ? {
      folder: resolve("docs/pictures"),
      widths: [1440],
      modes: ["light"],
      wants: ({ name }) => README.has(name),
      windows: README,
    }
  : {
      folder: resolve(flags.output),
      widths: flags.widths.split(",").map(Number),
      modes: MODES.filter((mode) => flags.modes.split(",").includes(mode)),
      wants: ({ name }) => flags.only.split(",").some((part) => name.includes(part)),
    };
const scratch = mkdtempSync(join(tmpdir(), "recsys-screenshots-"));
const shop = flags.shop === undefined ? join(scratch, "shop") : resolve(flags.shop);
const browser = await openBrowser();
try {
  if ([...SETUP, ...FRESH, ...LOGIN].some((scene) => camera.wants(scene))) {
    await onServer(join(scratch, "fresh"), photographFresh);
  }
  await onServer(shop, photographShop);
  if (!flags.readme) {
    await writeContactSheet(camera.folder);
    console.error(`\n${join(camera.folder, "index.html")}`);
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function onServer(
  folder: string,
  use: (panel: RunningPanel, folder: string) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const panel = await startPanel(["serve", "--panel", "--bucket", join(folder, "bucket")]);
  try {
    await use(panel, folder);
  } finally {
    await panel.stop();
  }
}

async function photographFresh({ url, setupLink }: RunningPanel): Promise<void> {
  const { page: outside } = await openPage(browser, url);
  const setup = new URL(setupLink!);
  for (const scene of SETUP) {
    const path = setup.pathname + setup.search;
    await photograph(camera, outside, url, { ...scene, path });
  }
  const { page, complaints } = await firstVisit(browser, setupLink!);
  for (const scene of FRESH) await photograph(camera, page, url, scene);
  for (const scene of LOGIN) await photograph(camera, outside, url, scene);
  tell(complaints);
}

async function photographShop({ url, setupLink }: RunningPanel, folder: string): Promise<void> {
  const { page, complaints } = await (setupLink === undefined
    ? login(browser, url)
    : firstVisit(browser, setupLink));
  const calls = panelCalls(page);
  await liveThePast(calls, folder);
  await letIn(calls);
  for (const scene of SHOP) await photograph(camera, page, url, scene);
  const { page: alansPage } = await login(browser, url, { name: "alan" });
  await photograph(camera, alansPage, url, { name: "as-viewer", path: "/serving-recipe" });
  if (RUNNING.some((scene) => camera.wants(scene))) await photographTraining(calls, page, url);
  tell(complaints);
}

/** People with a part each, who have followed their links. */
async function letIn(calls: PanelCalls): Promise<void> {
  const people = await calls.get<readonly { readonly name: string }[]>("/people");
  if (people.length > 1) return;
  const parts = { grace: "operator", alan: "viewer", marta: "dashboard" } as const;
  for (const [name, role] of Object.entries(parts)) {
    const { link } = await calls.send<InvitationLink>("POST", "/people", { role });
    const { context } = await firstVisit(browser, link, { name });
    await context.close();
  }
}

/** In the middle of an execution, which is stopped afterwards. */
async function photographTraining(calls: PanelCalls, page: Page, url: string): Promise<void> {
  const workflow = "core";
  const { stacks } = await calls.get<{
    readonly stacks: readonly { readonly stack: string; readonly nextExecutionName: string }[];
  }>("/overview");
  const name = stacks.find(({ stack }) => stack === workflow)!.nextExecutionName;
  await calls.send("POST", "/executions", { workflow, name });
  await until(calls, workflow, name, ({ states }) =>
    states.some(({ progress }) => (progress?.figures["epoch"] ?? 0) > 0),
  );
  for (const scene of RUNNING) {
    await photograph(camera, page, url, { ...scene, path: scene.path.replace(":name", name) });
  }
  await calls.send("POST", `/executions/${workflow}/${name}/stop`, {});
  await until(calls, workflow, name, ({ summary }) => summary.status !== "running");
}

function tell(complaints: readonly string[]): void {
  for (const complaint of complaints) console.error(`the browser complained: ${complaint}`);
}
