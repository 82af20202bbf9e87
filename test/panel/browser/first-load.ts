import { gzipSync } from "node:zlib";

import type { Browser, BrowserContext } from "playwright-core";

/** What a page costs somebody who has never been there. */
export interface FirstLoad {
  /** From the beginning of the navigation, as the two below. */
  readonly domContentLoadedMilliseconds: number;
  /** Until the page changed no more: its figures are there. */
  readonly figuresMilliseconds: number;
  readonly scriptGzipBytes: number;
  readonly scripts: readonly string[];
  /** What the page said in the end. */
  readonly text: string;
}

/** What makes somebody known to the panel. */
export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** So long nothing changes and nothing is asked of the server: then the page is whole. */
const QUIET_MILLISECONDS = 700;

/**
 * Opens a page in a fresh browser, with nothing in its cache.
 *
 * @param browser - a browser with nothing kept
 * @param url - of the panel
 * @param cookies - of somebody who is logged in; without them the page is the login
 */
export async function firstLoad(
  browser: Browser,
  url: string,
  cookies: Cookies = [],
): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  await context.addCookies([...cookies]);
  const page = await context.newPage();
  const scripts: { readonly url: string; readonly body: Promise<Buffer> }[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.push({ url: response.url(), body: response.body() });
  });
  await page.addInitScript(NOTE_CHANGES);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForLoadState("networkidle");
  const quiet = `performance.now() - lastChange > ${QUIET_MILLISECONDS}`;
  while (!(await page.evaluate<boolean>(quiet))) await page.waitForTimeout(50);
  const domContentLoadedMilliseconds = await page.evaluate<number>(
    `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`,
  );
  const figuresMilliseconds = await page.evaluate<number>("lastChange");
  const text = await page.locator("body").innerText();
  // Packed as the server has it: small files travel as they are.
  const sizes = scripts.map(async ({ body }) => gzipSync(await body, { level: 9 }).length);
  const scriptGzipBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return {
    domContentLoadedMilliseconds,
    figuresMilliseconds,
    scriptGzipBytes,
    scripts: scripts.map((script) => new URL(script.url).pathname),
    text,
  };
}

const NOTE_CHANGES = `
  globalThis.lastChange = 0;
  new MutationObserver(() => { globalThis.lastChange = performance.now(); })
    .observe(document, { childList: true, characterData: true, subtree: true });
`;
