import { join } from "node:path";

import { pino } from "pino";
import { expect, test } from "vitest";

import { WeeklyReports } from "../../../src/schema/index.ts";
import { keepWritingReports } from "../../../src/panel/server/weekly/index.ts";
import { measuredShop } from "../../kpi/measured-shop.ts";
import { randomShop, rawFiles } from "../../kpi/plain-shop.ts";
import { addPerson, browser, panel } from "./panel.ts";

const FILES = rawFiles(
  randomShop({ seed: 4, users: 9, rows: 600, days: 20, sources: ["recsys", "search"] }),
);

test("Q139 the panel lists the weekly reports, shows each as it is, and gives it as a file", async () => {
  const shop = await measuredShop();
  const { bucket } = shop;
  await bucket.write("reports/2024-W09.html", "<!doctype html><p>ninth");
  await bucket.write("reports/2024-W10.html", "<!doctype html><p>tenth");
  await bucket.write("reports/notes.txt", "not ours");
  const { app, state } = await panel({ bucket }, ["reports.weekly.day=friday"]);
  addPerson(state, "bob", "dashboard");
  const { ask } = await browser(app, "bob");

  expect(WeeklyReports.parse((await ask("GET", "/panel/api/reports")).json())).toEqual({
    reports: [
      { name: "2024-W10", from: "2024-03-04", to: "2024-03-10", bytes: 23 },
      { name: "2024-W09", from: "2024-02-26", to: "2024-03-03", bytes: 23 },
    ],
    schedule: { day: "friday", hour: 6 },
  });
  const shown = await ask("GET", "/panel/api/reports/2024-W10");
  expect(shown.body).toBe("<!doctype html><p>tenth");
  expect(shown.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(shown.headers["content-security-policy"]).toMatch(/^default-src 'none'; .*sandbox/);
  expect(shown.headers["content-disposition"]).toBeUndefined();
  const file = await ask("GET", "/panel/api/reports/2024-W09?download=1");
  expect(file.headers["content-disposition"]).toBe(
    'attachment; filename="recsys-report-2024-W09.html"',
  );
  for (const name of ["2024-W11", "notes.txt", "..%2Fkpi%2Fcurrent", "2024-W10.html"]) {
    expect((await ask("GET", `/panel/api/reports/${name}`)).statusCode).toBe(404);
  }
});

test("a schedule that is off is said to be", async () => {
  const { app, state } = await panel({}, ["reports.weekly.day=off"]);
  addPerson(state, "bob", "dashboard");
  const { ask } = await browser(app, "bob");
  expect((await ask("GET", "/panel/api/reports")).json()).toEqual({ reports: [], schedule: null });
});

test("a server writes what became due while it was down as it starts, and the next when it comes", async () => {
  const { bucket, folder, measure } = await measuredShop();
  const time = { now: new Date("2024-03-10T12:00:00Z") };
  const start = () =>
    keepWritingReports({
      bucket,
      schedule: { day: "monday", hour: 6 },
      scratchFolder: join(folder, "scratch"),
      clock: () => time.now,
      log: pino({ level: "silent" }),
      everyMilliseconds: 10,
    });
  const names = async () => (await bucket.list("reports/")).map(({ path }) => path);

  const first = start();
  await measure(FILES);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await names()).toEqual([]);
  time.now = new Date("2024-03-11T06:00:00Z");
  await expect.poll(names, { timeout: 20_000 }).toEqual(["reports/2024-W10.html"]);
  await first.close();

  await bucket.removeAll("reports/");
  time.now = new Date("2024-03-14T06:00:00Z");
  const second = start();
  await second.close(); // ends what is under way first
  expect(await names()).toEqual(["reports/2024-W10.html"]);
}, 60_000);

test("a report that cannot be written is logged once and tried again", async () => {
  const { bucket, folder, measure } = await measuredShop();
  await measure(FILES);
  const manifest = await bucket.read("kpi/one/manifest.json");
  await bucket.write("kpi/one/manifest.json", "{");
  const lines: string[] = [];
  const writing = keepWritingReports({
    bucket,
    schedule: { day: "monday", hour: 6 },
    scratchFolder: join(folder, "scratch"),
    clock: () => new Date("2024-03-12T06:00:00Z"),
    log: pino({ level: "error" }, { write: (line: string) => void lines.push(line) }),
    everyMilliseconds: 5,
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("the weekly report could not be written");
  await bucket.write("kpi/one/manifest.json", manifest);
  await expect.poll(() => bucket.head("reports/2024-W10.html"), { timeout: 20_000 }).toBeDefined();
  await writing.close();
}, 60_000);
