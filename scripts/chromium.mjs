/**
 * The browser that tests look at the panel's pages with: the system's own, else Playwright's. Where neither can be had
 * the tests that need it skip and say so: not every system has a package of it, or may reach Playwright's host.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { node, root } from "./boot.mjs";
import { aptGetInstall, mayUseApt } from "./system-packages.mjs";

const PLAYWRIGHT = join(root, "node_modules", "playwright-core", "cli.js");
const DOWNLOAD_MILLISECONDS = 300_000;

/** Installs Chromium, unless the tests find one. */
export function installChromium() {
  if (findChromium() !== undefined) return;
  console.log("Installing Chromium …");
  if (mayUseApt()) {
    aptGetInstall(["chromium"]);
    if (findChromium() !== undefined) return;
  }
  const download = playwright("install", "--no-shell", "--no-progress", "chromium");
  const browser = findChromium();
  if (browser !== undefined && starts(browser)) return;
  // Found, yet of no use: without the system's libraries it does not start, and tests would fail where they should skip.
  if (browser !== undefined) playwright("uninstall");
  const reason = browser === undefined ? firstError(download) : "it does not start on this system";
  console.log(`not installed: Chromium (${reason}); tests that need it skip`);
}

/** Where the tests find it: they are asked themselves, so that there is one answer. */
function findChromium() {
  const module = pathToFileURL(join(root, "test", "panel", "browser", "chromium.ts"));
  const question = `import { CHROMIUM } from "${module}"; console.log(CHROMIUM ?? "");`;
  const args = ["--no-warnings", "--input-type=module", "--eval", question];
  const { stdout } = spawnSync(node(), args, { encoding: "utf8" });
  return stdout.trim() || undefined;
}

function starts(browser) {
  return spawnSync(browser, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function playwright(...args) {
  return spawnSync(node(), [PLAYWRIGHT, ...args], {
    encoding: "utf8",
    timeout: DOWNLOAD_MILLISECONDS,
  });
}

/** What went wrong in one line: of several errors the first has the cause. */
function firstError({ stdout, stderr, error }) {
  const lines = `${error?.message ?? ""}\n${stderr}\n${stdout}`.split("\n");
  return lines.find((line) => /\S/.test(line) && /error/i.test(line))?.trim() ?? "no reason given";
}
