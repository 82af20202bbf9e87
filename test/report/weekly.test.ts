import { mkdtempSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { listWeeklyReports, type WeeklySchedule, writeDueReport } from "../../src/report/index.ts";
import { folderBucket } from "../../src/storage/index.ts";
import { measuredShop } from "../kpi/measured-shop.ts";
import { randomShop, rawFiles } from "../kpi/plain-shop.ts";

const MONDAYS: WeeklySchedule = { day: "monday", hour: 6 };
/** From 2024-02-20 on; `measuredShop` says that they were collected in 2027. */
const shopOf = (days: number) =>
  rawFiles(randomShop({ seed: 4, users: 9, rows: 60 * days, days, sources: ["recsys", "search"] }));

async function shop(days = 20) {
  const made = await measuredShop();
  await made.measure(shopOf(days));
  const write = (now: string, schedule = MONDAYS, bucket = made.bucket) =>
    writeDueReport(bucket, schedule, {
      now: new Date(now),
      scratchFolder: mkdtempSync(join(made.folder, "report-")),
    });
  return { ...made, write };
}

test("a week's report is written from the hour of the schedule on, once", async () => {
  const { bucket, write } = await shop();
  // 2024-03-10, the data's last day, is a Sunday.
  expect(await write("2024-03-11T05:59:59Z")).toBeUndefined();
  expect(await listWeeklyReports(bucket)).toEqual([]);
  expect((await write("2024-03-11T06:00:00Z"))?.name).toBe("2024-W10");
  const [written, ...more] = await listWeeklyReports(bucket);
  expect(more).toEqual([]);
  expect(written).toMatchObject({ name: "2024-W10", from: "2024-03-04", to: "2024-03-10" });
  const page = Buffer.from(await bucket.read("reports/2024-W10.html")).toString();
  expect(page).toContain("Week 10 of 2024");
  expect(await write("2024-03-11T07:00:00Z")).toBeUndefined();
  expect(Buffer.from(await bucket.read("reports/2024-W10.html")).toString()).toBe(page);
}, 60_000);

test("another day and hour of the schedule count, and off is off", async () => {
  const { write } = await shop();
  const wednesdays: WeeklySchedule = { day: "wednesday", hour: 18 };
  expect(await write("2024-03-13T17:59:00Z", wednesdays)).toBeUndefined();
  expect(await write("2030-01-01T00:00:00Z", { day: "off", hour: 6 })).toBeUndefined();
  expect((await write("2024-03-13T18:00:00Z", wednesdays))?.name).toBe("2024-W10");
}, 60_000);

test("a server that was down for weeks catches up with the last week of the data alone", async () => {
  const { bucket, write, measure } = await shop();
  await write("2024-03-11T06:00:00Z");
  await measure(shopOf(41), "two"); // to Sunday 2024-03-31
  expect((await write("2024-04-05T12:00:00Z"))?.name).toBe("2024-W13");
  expect((await listWeeklyReports(bucket)).map(({ name }) => name)).toEqual([
    "2024-W13",
    "2024-W10",
  ]);
}, 60_000);

test("two servers that find it due at the same time write it once", async () => {
  const { bucket, folder, write } = await shop();
  const other = folderBucket(folder, "shop");
  const written = await Promise.all([
    write("2024-03-11T06:00:00Z"),
    write("2024-03-11T06:00:01Z", MONDAYS, other),
  ]);
  expect(written.filter((week) => week !== undefined)).toHaveLength(1);
  expect(await listWeeklyReports(bucket)).toHaveLength(1);
}, 60_000);

test("before the collector has run, and without a whole week, nothing is due", async () => {
  const empty = await measuredShop();
  const options = { now: new Date("2030-01-01"), scratchFolder: empty.folder };
  expect(await writeDueReport(empty.bucket, MONDAYS, options)).toBeUndefined();
  const { write } = await shop(5);
  expect(await write("2030-01-01T00:00:00Z")).toBeUndefined();
}, 60_000);
