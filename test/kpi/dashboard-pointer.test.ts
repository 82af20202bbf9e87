import { expect, test } from "vitest";

import { publish } from "../../src/storage/index.ts";
import { measuredShop } from "./measured-shop.ts";
import { rawFiles } from "./plain-shop.ts";
import { tiny } from "./tiny-shop.ts";

test("the dashboard follows the pointer, and lets go of what it had open", async () => {
  const { dashboard, measure, scratchFiles } = await measuredShop();
  await measure(rawFiles(tiny([[1, 1, 1]])), "one");
  expect(await dashboard.describe()).toMatchObject({ execution: "one", rows: { interactions: 1 } });
  const [opened] = scratchFiles();
  const asked = Array.from({ length: 8 }, () => dashboard.answer("active-users", {}));
  for (const answer of await Promise.all(asked)) expect(answer.value).toBe(1);
  expect(scratchFiles(), "nothing is opened twice").toEqual([opened]);
  const days = [
    [1, 1, 1],
    [2, 1, 2],
  ] as const;
  await measure(rawFiles(tiny(days)), "two");
  expect(await dashboard.describe()).toMatchObject({ execution: "two", lastDay: "2024-01-02" });
  expect((await dashboard.answer("active-users", {})).value).toBe(2);
  expect(scratchFiles()).toHaveLength(1);
  expect(scratchFiles()).not.toContain(opened);
  await dashboard.close();
  expect(scratchFiles()).toEqual([]);
}, 240_000);

test("answers that are being made when the pointer moves are of the figures that they began with", async () => {
  const { dashboard, measure, bucket, scratchFiles } = await measuredShop();
  await measure(rawFiles(tiny([[1, 1, 1]])), "one");
  const days = [
    [1, 1, 1],
    [2, 1, 2],
  ] as const;
  await measure(rawFiles(tiny(days)), "two");
  for (let turn = 0; turn < 10; turn++) {
    const [execution, users] = turn % 2 === 0 ? (["one", 1] as const) : (["two", 2] as const);
    await publish(bucket, "kpi", execution);
    const asked = Array.from({ length: 4 }, () => dashboard.answer("active-users", {}));
    await dashboard.describe(); // all have looked at the pointer
    await publish(bucket, "kpi", execution === "one" ? "two" : "one");
    await dashboard.describe(); // so what they read is no longer current
    for (const answer of await Promise.all(asked)) expect(answer.value).toBe(users);
  }
  const closed = dashboard.close();
  await closed;
  expect(scratchFiles()).toEqual([]);
}, 240_000);

test("figures that cannot be opened are told to who asks, and do not stand in the way of the next", async () => {
  const { dashboard, measure, bucket, scratchFiles } = await measuredShop();
  await measure(rawFiles(tiny([[1, 1, 1]])), "one");
  await bucket.write("kpi/one/catalogue.parquet", "no Parquet");
  await expect(dashboard.answer("interactions", {})).rejects.toThrow(/catalogue\.parquet/);
  expect(scratchFiles()).toEqual([]);
  await measure(rawFiles(tiny([[1, 1, 1]])), "two");
  expect(await dashboard.answer("interactions", {})).toMatchObject({ value: 1 });
}, 240_000);
