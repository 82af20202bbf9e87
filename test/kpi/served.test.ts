import { expect, test } from "vitest";

import {
  type Bucket,
  ArtefactWriter,
  createIndexWriter,
  entityTensors,
  type RankedList,
  stringTable,
} from "../../src/storage/index.ts";
import { measuredShop } from "./measured-shop.ts";
import { type PlainRow, type PlainShop, randomShop, rawFiles } from "./plain-shop.ts";

const DAY = 86_400;
const STAGE = "batch_transform_inference_output";

/** The list of each user, best first, with more than ten items so that the rest must not count. */
function listsOf(users: readonly number[], items: readonly number[]): Map<number, number[]> {
  return new Map(
    users.map((user) => [user, items.map((_, at) => items[(at * 5 + user) % items.length]!)]),
  );
}

/** Writes what the core leaves for these lists: the novel one of each user, and one that must not be read. */
async function writeLists(
  bucket: Bucket,
  execution: string,
  processedData: string,
  items: readonly number[],
  lists: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  const artefact = new ArtefactWriter(bucket, STAGE, execution);
  const users = [...lists.keys()];
  const texts = (ids: readonly number[]): Parameters<typeof entityTensors>[0] => ({
    ids: stringTable(ids.map(String)),
    attributes: stringTable(ids.map(() => "")),
  });
  await artefact.writeTensors("users.safetensors", entityTensors(texts(users)));
  await artefact.writeTensors("items.safetensors", entityTensors(texts(items)));
  const ranked = (list: readonly number[]): RankedList => ({
    indices: Uint32Array.from(list, (item) => items.indexOf(item)),
    probabilities: Float32Array.from(list, () => 0.5),
    count: list.length,
  });
  const layout = { k: items.length, lists: 2, rows: users.length + 1 };
  const index = await createIndexWriter(await artefact.create("users.index"), layout);
  const nothing = ranked([]);
  await index.writeRow([ranked(items), ranked(items)]); // the cold user
  for (const user of users) await index.writeRow([nothing, ranked(lists.get(user)!)]);
  await index.close();
  await artefact.finish({
    createdAtSeconds: 1_800_000_000,
    inputs: { processed_data: processedData },
    content: {},
  });
}

test("A11 the hit rate compares every kept list with what its users did after its data, exactly", async () => {
  const shop = randomShop({
    seed: 21,
    users: 14,
    rows: 400,
    days: 60,
    sources: ["recsys", "search"],
  });
  const { dashboard, bucket, measure, measureAgain } = await measuredShop();
  const until = (days: number): PlainShop => {
    const end = Math.min(...shop.rows.map(({ time }) => time!)) + days * DAY;
    return { ...shop, rows: shop.rows.filter(({ time }) => time! <= end) };
  };
  const items = shop.items.map(({ id }) => id);
  const made = [
    { execution: "b-first", data: until(20), users: [1, 2, 3, 4, 5, 6, 7, 8], offset: 0 },
    { execution: "a-second", data: until(45), users: [2, 3, 4, 5, 6, 9, 10, 11, 12], offset: 1 },
  ];
  for (const { execution, data, users, offset } of made) {
    await measure(rawFiles(data), `data-of-${execution}`);
    const lists = listsOf(
      users,
      items.toSorted((a, b) => (a - b) * (offset === 0 ? 1 : -1)),
    );
    await writeLists(bucket, execution, `data-of-${execution}`, items, lists);
  }
  await measure(rawFiles(shop), "now");
  // A list whose data has gone cannot be dated, and one of the newest data has nothing after it.
  await writeLists(bucket, "undated", "gone", items, listsOf([1], items));
  await writeLists(bucket, "newest", "now", items, listsOf([1], items));
  await measureAgain("now");

  const times = shop.rows.map(({ time }) => time!);
  const first = Math.floor(Math.min(...times) / DAY);
  const last = Math.floor(Math.max(...times) / DAY);
  const dayText = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10);
  for (const source of [undefined, "recsys", "search"]) {
    for (const [from, to] of [
      [first, last],
      [first + 25, first + 30],
      [first + 50, last],
      [first, first + 5],
    ] as const) {
      const plain = made.map(({ execution, data, users, offset }) => {
        const end = Math.max(...data.rows.map(({ time }) => time!));
        const lists = listsOf(
          users,
          items.toSorted((a, b) => (a - b) * (offset === 0 ? 1 : -1)),
        );
        const isHit = ({ user, item }: PlainRow): boolean =>
          lists.get(user)!.slice(0, 10).includes(item);
        const later = shop.rows.filter(
          (row) =>
            row.time! > end &&
            users.includes(row.user) &&
            (source === undefined || row.source === source) &&
            Math.floor(row.time! / DAY) >= from &&
            Math.floor(row.time! / DAY) <= to,
        );
        const active = new Set(later.map(({ user }) => user)).size;
        const hit = new Set(later.filter(isHit).map(({ user }) => user)).size;
        return { execution, rows: later.length, active, hit };
      });
      const sum = (of: "rows" | "active" | "hit"): number =>
        plain.reduce((n, one) => n + one[of], 0);
      const answer = await dashboard.answer("hit-rate", {
        from: dayText(from),
        to: dayText(to),
        ...(source === undefined ? {} : { source }),
      });
      expect(answer).toMatchObject({
        value: sum("active") === 0 ? null : sum("hit") / sum("active"),
        rows: sum("rows"),
        series: [
          {
            name: "hit rate",
            points: plain.map(({ execution, active, hit }) => ({
              label: execution,
              value: active === 0 ? null : hit / active,
            })),
          },
        ],
      });
      expect(answer.table.rows.map((row) => row.slice(0, 3))).toEqual(
        plain.map(({ execution, active, hit }) => [execution, active, hit]),
      );
    }
  }
}, 400_000);

test("A11 the hit rate is over the twenty lists of the newest data, to the millisecond", async () => {
  const { dashboard, bucket, measure } = await measuredShop({ collector: { timestampUnit: "ms" } });
  const items = [1, 2].map((id) => ({ id, title: `T${id}`, genres: [] }));
  const rowAt = (at: number, item = 1): PlainRow => ({ user: 1, item, rating: 1, time: 1e9 + at });
  // What each list was made from ends a thousandth after that of the one before.
  const lists = Array.from({ length: 22 }, (_, at) => ({
    execution: `list-${String(21 - at).padStart(2, "0")}`,
    end: at / 1000,
  }));
  await measure(rawFiles({ items, rows: [rowAt(0)] }, "ms"), "earlier");
  const report = JSON.parse(
    Buffer.from(await bucket.read("processed_data/earlier/report.json")).toString(),
  ) as object;
  for (const { execution, end } of lists) {
    const timestamps = { earliest: 1e9, latest: 1e9 + end };
    await bucket.write(
      `processed_data/data-of-${execution}/report.json`,
      JSON.stringify({ ...report, timestamps }),
    );
    await writeLists(bucket, execution, `data-of-${execution}`, [1, 2], new Map([[1, [2]]]));
  }
  // One thing after the last list's data, and one that was the end of the list's before.
  await measure(rawFiles({ items, rows: [rowAt(0.022, 2), rowAt(0.021)] }, "ms"), "now");
  const { series, rows } = await dashboard.answer("hit-rate", {});
  expect(series[0]!.points).toEqual(
    lists.slice(2).map(({ execution }) => ({ label: execution, value: 1 })),
  );
  expect(rows, "the last list sees one row, the others both").toBe(1 + 19 * 2);
}, 400_000);

test("A11 without lists from earlier data there is no hit rate, and the reason is told", async () => {
  const shop = randomShop({ seed: 22, users: 5, rows: 60, days: 10, sources: ["recsys"] });
  const { dashboard, measure } = await measuredShop();
  await measure(rawFiles(shop));
  const { unavailable } = await dashboard.answer("hit-rate", {});
  expect(unavailable).toMatch(/no kept recommendations were made from earlier data/);
}, 240_000);
