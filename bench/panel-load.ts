/**
 * The panel's first load: a browser with nothing in its cache opens home, until the figures are there.
 *
 * `node bench/panel-load.ts [BUCKET]`; makes a small sample shop with a model, or takes a bucket that an earlier run left,
 * in which nobody can log in yet. Baseline: the same server's answer without a page, `/health/ready`, opened in the same way. Prints the
 * best and the median of ten loads, and the bytes of scripts; fails where the best takes longer than 1 s or the scripts more
 * than 500 kB. Without Chromium it says so and does nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CHROMIUM, NO_CHROMIUM, openBrowser } from "../test/panel/browser/chromium.ts";
import { firstLoad } from "../test/panel/browser/first-load.ts";
import { startPanel } from "../test/panel/browser/running-panel.ts";
import { firstVisit } from "../test/panel/browser/visitor.ts";

const LOADS = 10;
const MOST_MILLISECONDS = 1000;
const MOST_SCRIPT_BYTES = 500_000;
/** The model's quality is nothing to the page. */
const QUICK = ["training.maxEpochs=1", "evaluation.gate.threshold=0"].flatMap((setting) => [
  "--set",
  setting,
]);

if (CHROMIUM === undefined) console.log(NO_CHROMIUM);
else await measure();

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "recsys-panel-load-"));
  const bucket = process.argv[2] ?? join(folder, "bucket");
  const panel = await startPanel(["up", "--bucket", bucket, ...QUICK]);
  const browser = await openBrowser();
  try {
    if (panel.setupLink === undefined) {
      throw new Error(`somebody can log in to ${bucket} already; name another bucket`);
    }
    const { context } = await firstVisit(browser, panel.setupLink);
    const cookies = await context.cookies();
    await context.close();
    const loads = [];
    const bare = [];
    for (let load = 0; load < LOADS; load++) {
      bare.push(await firstLoad(browser, `${panel.url}/health/ready`));
      loads.push(await firstLoad(browser, panel.url, cookies));
    }
    const { text, scriptGzipBytes } = loads.at(-1)!;
    if (!/Served now/.test(text)) throw new Error(`home does not say what is served:\n${text}`);
    const baseline = median(bare.map((load) => load.domContentLoadedMilliseconds));
    tell(
      "DOM content loaded",
      loads.map((load) => load.domContentLoadedMilliseconds),
      baseline,
    );
    const figures = loads.map((load) => load.figuresMilliseconds);
    tell("figures on home", figures, baseline);
    console.log(`scripts: ${(scriptGzipBytes / 1000).toFixed(1)} kB gzip`);
    if (Math.min(...figures) > MOST_MILLISECONDS || scriptGzipBytes > MOST_SCRIPT_BYTES) {
      process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await panel.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(what: string, milliseconds: readonly number[], baseline: number): void {
  const middle = median(milliseconds);
  console.log(
    `${what}: best ${Math.min(...milliseconds).toFixed(0)} ms, median ${middle.toFixed(0)} ms, ` +
      `${(middle / baseline).toFixed(1)} times an answer without a page (${baseline.toFixed(0)} ms)`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
