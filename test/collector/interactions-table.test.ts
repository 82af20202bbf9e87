import { expect, test } from "vitest";

import { collect, shop } from "./shop.ts";

const LENIENT = { maxRejectedShare: 1 };
const UUID = "5934cb55-fbbf-41f0-8923-dcc7bc6fa03a";

/** Texts that are UUIDs, that only look like one, and that are none. */
const IDS = [
  UUID,
  UUID.toUpperCase(),
  UUID.replaceAll("-", ""),
  `{${UUID}}`,
  "5934cb55f-bbf-41f0-8923-dcc7bc6fa03a",
  "{5934cb55fbbf-41f0-8923dcc7bc6fa03a}",
  "5934cb55-fbbf-41f0-8923-dcc7bc6fa03g",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "0",
  "é".repeat(18),
  " x ",
];

test.each([
  ["of all kinds", IDS],
  ["that are all UUIDs", IDS.filter((id) => /^[0-9a-f-]{36}$/.test(id) && id[8] === "-")],
  ["that are no UUIDs", IDS.slice(1, 7)],
])("interaction ids %s come back byte for byte", async (_, ids) => {
  const { parquet, content } = await collect(
    shop(ids.map((id, row) => `${id},1,${row},1\n`).join("")),
  );
  expect(content.rows).toBe(ids.length);
  const table = (await parquet("interactions.parquet")) as Record<string, unknown>[];
  expect(table.map((row) => row["interaction_id"])).toEqual(ids);
});

test("a UUID that stands twice is set aside by its text, and its upper case is another id", async () => {
  const ids = [UUID, UUID.toUpperCase(), UUID, "a", UUID.toUpperCase(), "a"];
  const { parquet, quarantine } = await collect(
    shop(ids.map((id, row) => `${id},1,${row},1\n`).join("")),
    LENIENT,
  );
  expect(await parquet("interactions.parquet")).toMatchObject(
    [UUID, UUID.toUpperCase(), "a"].map((id) => ({ interaction_id: id })),
  );
  expect(quarantine.map((line) => line.split(",").slice(1, 5))).toEqual([
    ["3", "interaction_id", "duplicate_interaction", UUID],
    ["5", "interaction_id", "duplicate_interaction", UUID.toUpperCase()],
    ["6", "interaction_id", "duplicate_interaction", "a"],
  ]);
});

test.each([3, 255, 256, 300])(
  "%d different sources come back, and none stays none",
  async (count) => {
    const sources = Array.from({ length: count }, (_, at) => `place ${at}`);
    const rows = ["", ...sources].map((source, row) => `i${row},1,${row},1,${source}\n`);
    const { parquet, report } = await collect(shop(rows.join("")));
    const table = (await parquet("interactions.parquet")) as Record<string, unknown>[];
    expect(table.map((row) => row["source"])).toEqual([null, ...sources]);
    expect(report.sources).toHaveLength(Math.min(count, 20));
    expect(report.sources?.[0]).toEqual({ source: "place 0", rows: 1 });
  },
);

test("a table of several row groups, written by several threads, keeps the order of the arrays", async () => {
  const rows = Array.from({ length: 200_000 }, (_, row) => {
    const id = `${row.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
    return `${id},u${(row * 7919) % 5003},i${(row * 31) % 997},${1 + (row % 5)},s${row % 3},${(row * 104_729) % 1009}\n`;
  });
  const { interactions, parquet } = await collect(shop(rows.join("")));
  const table = (await parquet("interactions.parquet")) as Record<string, unknown>[];
  for (const [column, tensor] of [
    ["item_index", "item"],
    ["rating", "rating"],
    ["timestamp", "timestamp"],
    ["part", "part"],
  ] as const) {
    expect(table.map((row) => row[column])).toEqual([...interactions[tensor]!.values]);
  }
  const asRead = table.map((row) => {
    const number = parseInt(String(row["interaction_id"]).slice(0, 8), 16);
    return { number, text: rows[number]!.trimEnd() };
  });
  expect(
    table.map((row) =>
      ["interaction_id", "user_id", "item_id", "rating", "source", "timestamp"]
        .map((column) => String(row[column]))
        .join(","),
    ),
  ).toEqual(asRead.map(({ text }) => text));
  const misplaced = table.findIndex((row, at) => {
    const before = table[at - 1];
    if (before === undefined || before["user_index"] !== row["user_index"]) return false;
    const [earlier, later] = [Number(before["timestamp"]), Number(row["timestamp"])];
    return earlier > later || (earlier === later && asRead[at - 1]!.number > asRead[at]!.number);
  });
  expect(misplaced).toBe(-1);
  expect(new Set(asRead.map(({ number }) => number)).size).toBe(rows.length);
});
