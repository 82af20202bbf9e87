import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { measuredShop } from "../kpi/measured-shop.ts";
import { randomShop, rawFiles } from "../kpi/plain-shop.ts";
import { recsys } from "./recsys.ts";

/** From 2024-02-20 to Sunday 2024-03-10. */
const SHOP = randomShop({ seed: 5, users: 20, rows: 500, days: 20, sources: ["search", "recsys"] });

test("recsys report writes the last whole week, another, or any days, and says what stands first on the page", async () => {
  const { folder, measure } = await measuredShop();
  await measure(rawFiles(SHOP));
  const run = (...args: string[]) =>
    recsys(["report", "--bucket", folder, "--set", "bucketPrefix=shop", ...args], { cwd: folder });

  const latest = await run("--json");
  expect([latest.code, latest.stderr]).toEqual([0, ""]);
  const result = JSON.parse(latest.stdout) as { file: string; sentences: string[] };
  const file = join(folder, "recsys-report-2024-W10.html");
  expect(result).toMatchObject({ file, name: "2024-W10", from: "2024-03-04", to: "2024-03-10" });
  const page = readFileSync(file, "utf8");
  expect(page).toContain(`<h1>${result.sentences[0]!}</h1>`);

  const earlier = await run("--week", "2024-W09", "--output", "nine.html");
  expect(earlier.stdout).toContain("Week 9 of 2024, 26 Feb 2024 – 3 Mar 2024");
  expect(readFileSync(join(folder, "nine.html"), "utf8")).toContain("Week 9 of 2024");
  const days = await run("--from", "2024-03-01", "--to", "2024-03-10", "--json");
  expect(JSON.parse(days.stdout)).toMatchObject({ name: "2024-03-01--2024-03-10" });

  for (const [args, problem] of [
    [["--week", "2024-10"], "a week is written as 2026-W47"],
    [["--week", "2024-W30"], "the data go from 2024-02-20 to 2024-03-10"],
    [["--from", "2024-03-01"], "--from and --to are needed together"],
    [["--week", "2024-W10", "--to", "2024-03-01"], "give one"],
  ] as const) {
    const refused = await run(...args);
    expect([args, refused.code]).toEqual([args, 2]);
    expect(refused.stderr).toContain(problem);
  }
}, 240_000);

test("before the collector has run there is no report, and the exit code is that of missing data", async () => {
  const { folder } = await measuredShop();
  const { code, stderr } = await recsys(["report", "--bucket", folder], { cwd: folder });
  expect(code).toBe(3);
  expect(stderr).toContain("execute the collector first");
}, 120_000);
