import type { Browser, BrowserContext, Page } from "playwright-core";

const PASSWORD = "correct horse battery staple";

/** Somebody at the panel, with what their browser complained of. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, refused requests, and requests to any other host. */
  readonly complaints: string[];
}

/** Follows a one-time link and chooses a name: the first thing that a newcomer does. */
export async function firstVisit(
  browser: Browser,
  link: string,
  { name = "ada", ...options }: { readonly name?: string; readonly width?: number } = {},
): Promise<Visitor> {
  const visitor = await openPage(browser, new URL(link).origin, options);
  const { page } = visitor;
  await page.goto(link);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password again").fill(PASSWORD);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("link", { name: "RecSys" }).first().waitFor();
  return visitor;
}

/** Logs somebody in who has chosen their name before. */
export async function login(
  browser: Browser,
  url: string,
  { name = "ada", ...options }: { readonly name?: string; readonly width?: number } = {},
): Promise<Visitor> {
  const visitor = await openPage(browser, url, options);
  const { page } = visitor;
  await page.goto(url);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "RecSys" }).first().waitFor();
  return visitor;
}

/** A fresh browser without cookies, watched for complaints. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440 }: { readonly width?: number } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 1000 },
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    // A refused login is the page's business, not its mistake.
    const isRefusal = message.text().includes("401 (Unauthorized)");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(url).origin) {
      complaints.push(`a request to another host: ${request.url()}`);
    }
  });
  return { page, context, complaints };
}
