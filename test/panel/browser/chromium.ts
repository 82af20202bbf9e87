import { existsSync } from "node:fs";

import { type Browser, chromium } from "playwright-core";

/** Where systems keep it; `RECSYS_CHROMIUM` names another place. */
const PLACES = [
  process.env["RECSYS_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  // The one that `npm test` lets Playwright download where the system has none.
  chromium.executablePath(),
];

/** The browser that is installed, `undefined` where there is none. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place));

/** Why a test that needs the browser is skipped. */
export const NO_CHROMIUM = "no Chromium found; install it, or name it in RECSYS_CHROMIUM";

/** Starts the browser without a window. */
export function openBrowser(): Promise<Browser> {
  // As root Chromium refuses its sandbox; the pages are our own.
  return chromium.launch({ executablePath: CHROMIUM!, args: ["--no-sandbox"] });
}
