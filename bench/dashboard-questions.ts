/** Asks a bucket's dashboard every KPI for random ranges and filters (`bench/dashboard.ts` starts it). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openDashboard } from "../src/kpi/index.ts";
import type { DashboardDescription, DashboardScope } from "../src/schema/index.ts";
import { folderBucket } from "../src/storage/index.ts";

const QUESTIONS = 40;
const MOST_P95_MS = 500;
const MOST_FIRST_MS = 1000;
const MOST_BYTES = 700e6;
const DAY_MS = 86_400_000;

const scratchFolder = mkdtempSync(join(tmpdir(), "recsys-dashboard-bench-"));
const dashboard = await openDashboard(folderBucket(process.argv[2]!, "shop"), { scratchFolder });
try {
  const opened = performance.now();
  const description = await dashboard.describe();
  const lastDay = Date.parse(description.lastDay!);
  // What a page shows first: a month's figures.
  const month = { from: new Date(lastDay - 29 * DAY_MS).toISOString().slice(0, 10) };
  const available: string[] = [];
  for (const { id } of description.kpis) {
    if ((await dashboard.answer(id, month)).unavailable === undefined) available.push(id);
  }
  const firstMs = performance.now() - opened;
  const { user, system } = process.cpuUsage();
  console.log(
    `opened, and all ${available.length} KPIs with figures: ${ms(firstMs)}, ${ms((user + system) / 1000)} of the processors`,
  );

  const scopes = randomScopes(description);
  let isSlow = firstMs > MOST_FIRST_MS;
  for (const id of available) {
    const times: number[] = [];
    const cpuBefore = process.cpuUsage();
    for (const scope of scopes) {
      const start = performance.now();
      await dashboard.answer(id, scope);
      times.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpuMs = (user + system) / 1000 / times.length;
    times.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((share) => times[Math.ceil(share * times.length) - 1]!);
    isSlow ||= p95! > MOST_P95_MS;
    const figures = [
      `p50 ${ms(p50!)}`,
      `p95 ${ms(p95!)}`,
      `mean of the processors' time ${ms(cpuMs)}`,
    ];
    console.log(`${id.padEnd(24)} ${figures.join("   ")}`);
  }
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(`peak memory ${(peakBytes / 1e6).toFixed(0)} MB`);
  if (isSlow || peakBytes > MOST_BYTES) process.exitCode = 1;
} finally {
  await dashboard.close();
  rmSync(scratchFolder, { recursive: true, force: true });
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0).padStart(5)} ms`;
}

/** Ranges of all lengths, a third of them filtered by source, a third by category, some by both. */
function randomScopes(description: DashboardDescription): readonly DashboardScope[] {
  const first = Date.parse(description.firstDay!);
  const days = (Date.parse(description.lastDay!) - first) / DAY_MS + 1;
  let state = 1;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const text = (day: number): string => new Date(first + day * DAY_MS).toISOString().slice(0, 10);
  return Array.from({ length: QUESTIONS }, () => {
    const [from, to] = [below(days), below(days)].sort((a, b) => a - b);
    const { sources, categories } = description;
    return {
      from: text(from!),
      to: text(to!),
      ...(below(3) === 0 ? { source: sources[below(sources.length)]! } : {}),
      ...(below(3) === 0 && categories.length > 0
        ? { category: categories[below(categories.length)]! }
        : {}),
    };
  });
}
