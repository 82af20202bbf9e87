/**
 * The dashboard on a large shop: seconds and memory of summing it up, then the panel's server as its pages ask it: the
 * first figures, every KPI for random ranges and filters, the explore page, and the memory of it all.
 *
 * `node bench/dashboard.ts [ROWS] [FOLDER]`; 10,000,000 rows of 500,000 users and 100,000 items by default, other sizes in
 * proportion. FOLDER is a bucket's folder in which the collector has been executed; where the core has too, what it
 * serves is opened and the explore page asked. Needs Linux, and some 3 GB in the temporary folder.
 *
 * Fails above 1 s for the first figures, 500 ms at the 95th percentile of a KPI, or 700 MB. Beside other work a wall
 * time says little: how much of a processor a loop got meanwhile is printed, and the server's own processor time.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { collectStage } from "../src/collector/index.ts";
import { measureStage } from "../src/kpi/index.ts";
import { writeSampleShop } from "../src/sample/index.ts";
import { type DashboardDescription, RecSysConfig, type StageRun } from "../src/schema/index.ts";
import { folderBucket, publish } from "../src/storage/index.ts";
import { firstScope, pathOf, randomScopes } from "./dashboard-scopes.ts";
import { explore } from "./explore-questions.ts";
import { type PanelProcess, startPanel } from "./panel-process.ts";

/** Starts of a server, for its first answers. */
const STARTS = 5;
/** Ranges and filters that each KPI is asked for. */
const QUESTIONS = 40;
/** Figures above all tiles (`src/panel/web/pages/dashboard/sections.ts`). */
const HEADLINE = ["interactions", "recsys-share", "active-users", "catalogue-coverage"];
const MOST_P95_MS = 500;
const MOST_FIRST_MS = 1000;
const MOST_BYTES = 700e6;

const config = RecSysConfig.parse({});
const interactions = Number(process.argv[2] ?? 10_000_000);
const given = process.argv[3];
const folder = given ?? mkdtempSync(join(tmpdir(), "recsys-dashboard-bench-"));
const tooMuch: string[] = [];
try {
  if (given === undefined) await makeShop();
  console.log(`a loop gets ${processorShare()} of a processor`);
  for (let start = 1; start < STARTS; start++) await (await startedAndAsked()).stop();
  const panel = await startedAndAsked();
  try {
    const description = await panel.ask<DashboardDescription>("/dashboard");
    await askPages(panel, description);
    await askEach(panel, description);
    console.log(`a loop gets ${processorShare()} of a processor`);
    showMemory(panel, "the dashboard");
    if (await explore(panel)) {
      showMemory(panel, "dashboard and explore page");
      await askPages(panel, description);
    }
    const { server } = showMemory(panel, "all of it");
    check("the server's memory", server.resident / 1e6, MOST_BYTES / 1e6, "MB");
  } finally {
    await panel.stop();
  }
} finally {
  if (given === undefined) rmSync(folder, { recursive: true, force: true });
}
for (const one of tooMuch) console.log(one);
process.exitCode = tooMuch.length > 0 ? 1 : 0;

/** A new server, and its first answers. */
async function startedAndAsked(): Promise<PanelProcess> {
  const panel = await startPanel(folder);
  const cpu = panel.cpuMs();
  const start = performance.now();
  const description = await panel.ask<DashboardDescription>("/dashboard");
  const { figures, all } = await askPage(panel, description, firstScope(description), start);
  console.log(
    `started in ${ms(panel.startMs)}; then the first figures after ${ms(figures)}, all tiles after ${ms(all)}, ` +
      `with ${ms(panel.cpuMs() - cpu)} of the processors`,
  );
  return panel;
}

/** Asks for all tiles at once, as the page does, the headline's first. */
async function askPage(
  panel: PanelProcess,
  description: DashboardDescription,
  scope: ReturnType<typeof firstScope>,
  start: number,
): Promise<{ readonly figures: number; readonly all: number }> {
  const kpis = availableOf(description);
  const first = kpis.filter(({ id }) => HEADLINE.includes(id));
  const headline = Promise.all(first.map((kpi) => panel.ask(pathOf(kpi, scope))));
  const rest = kpis.filter((kpi) => !first.includes(kpi));
  const tiles = Promise.all(rest.map((kpi) => panel.ask(pathOf(kpi, scope))));
  await headline;
  const figures = performance.now() - start;
  await tiles;
  return { figures, all: performance.now() - start };
}

/** The whole page for one range and filter after the other. */
async function askPages(panel: PanelProcess, description: DashboardDescription): Promise<void> {
  const scopes = [firstScope(description), ...randomScopes(description, QUESTIONS)];
  const cpu = panel.cpuMs();
  const times: { readonly figures: number; readonly all: number }[] = [];
  for (const scope of scopes)
    times.push(await askPage(panel, description, scope, performance.now()));
  const [figures, all] = (["figures", "all"] as const).map((of) =>
    quantiles(times.map((one) => one[of])),
  );
  const cpuMs = (panel.cpuMs() - cpu) / scopes.length;
  console.log(`the page when warm: figures ${figures!.text}; all tiles ${all!.text}, ${ms(cpuMs)}`);
  check("the first figures when warm, median", figures!.p50, MOST_FIRST_MS, "ms");
}

/** Each KPI, one question after the other. */
async function askEach(panel: PanelProcess, description: DashboardDescription): Promise<void> {
  const scopes = randomScopes(description, QUESTIONS);
  for (const kpi of availableOf(description)) {
    const times: number[] = [];
    const cpu = panel.cpuMs();
    for (const scope of scopes) {
      const start = performance.now();
      await panel.ask(pathOf(kpi, scope));
      times.push(performance.now() - start);
    }
    const cpuMs = (panel.cpuMs() - cpu) / scopes.length;
    const { text, p95 } = quantiles(times);
    console.log(`${kpi.id.padEnd(24)} ${text}, ${ms(cpuMs)} of the processors in the mean`);
    check(`${kpi.id} at the 95th percentile`, p95, MOST_P95_MS, "ms");
  }
}

function availableOf({ kpis, missing }: DashboardDescription): DashboardDescription["kpis"] {
  return kpis.filter(({ needs }) => !missing.some(({ what }) => needs.some((one) => one === what)));
}

function showMemory(panel: PanelProcess, after: string): ReturnType<PanelProcess["memory"]> {
  const { server, children } = panel.memory();
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `${after}: the server held ${mb(server.resident)} at most, ${mb(server.own)} of its own; ` +
      `its processes ${mb(children.resident)}, ${mb(children.own)} of their own`,
  );
  return { server, children };
}

function check(what: string, value: number, most: number, unit: string): void {
  if (value > most) tooMuch.push(`${what}: ${value.toFixed(0)} ${unit}, above ${most} ${unit}`);
}

function quantiles(times: number[]): { readonly p50: number; readonly p95: number; text: string } {
  times.sort((a, b) => a - b);
  const [p50, p95] = [0.5, 0.95].map((share) => times[Math.ceil(share * times.length) - 1]!);
  return { p50: p50!, p95: p95!, text: `p50 ${ms(p50!)}   p95 ${ms(p95!)}` };
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0).padStart(5)} ms`;
}

/** How much of a processor's time a loop gets beside what else runs here. */
function processorShare(): string {
  const before = process.cpuUsage();
  const start = performance.now();
  while (performance.now() - start < 2000);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / (performance.now() - start)).toFixed(2);
}

async function makeShop(): Promise<void> {
  const bucket = folderBucket(folder, config.bucketPrefix);
  const raw = join(folder, config.bucketPrefix, "raw_data");
  mkdirSync(raw, { recursive: true });
  await writeSampleShop(raw, {
    users: Math.ceil(interactions / 20),
    items: Math.ceil(interactions / 100),
    interactions,
  });
  await collectStage(bucket, stageRun());
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  await measureStage(bucket, stageRun());
  const seconds = (performance.now() - start) / 1000;
  const after = process.resourceUsage().maxRSS;
  console.log(
    `measure: ${interactions} rows in ${seconds.toFixed(1)} s; peak memory ${(after / 1024).toFixed(0)} MiB ` +
      `(${(before / 1024).toFixed(0)} MiB after the collector, in the same process)`,
  );
  await publish(bucket, "kpi", "bench");
}

function stageRun(): StageRun {
  return {
    execution: "bench",
    startedAtSeconds: 1_800_000_000,
    config,
    inputs: {},
    shard: { index: 0, count: 1 },
    threads: 2,
    signal: new AbortController().signal,
    report: () => undefined,
    scratchFolder: mkdtempSync(join(folder, "scratch-")),
  };
}
