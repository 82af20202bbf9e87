import { describe, expect, test } from "vitest";

import { reportOf, daysPeriod, weekPeriod } from "../../src/report/index.ts";
import { figureWords } from "../../src/words/index.ts";
import { nestingProblems } from "../core/evaluate/open-tags.ts";
import { measuredShop } from "../kpi/measured-shop.ts";
import { type PlainRow, type PlainShop, randomShop, rawFiles } from "../kpi/plain-shop.ts";

const NOW = new Date("2027-01-20T09:30:00Z");
/** From Tuesday 2024-02-20 to Sunday 2024-03-10; week 10 is the fourth of March to the tenth. */
const SHOP = randomShop({
  seed: 5,
  users: 40,
  rows: 900,
  days: 20,
  sources: ["search", "recsys", "search", "homepage", ""],
});
const WEEK = weekPeriod("2024-W10");

/** A page's text, without its tags. */
function textOf(html: string): string {
  return html
    .replace(/<style>[^<]*<\/style>/, "")
    .replaceAll(/<title>[^<]*<\/title>/g, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, " ");
}

/** The rows of the days, as the raw file has them. */
function rowsOf({ rows }: PlainShop, from: string, to: string): PlainRow[] {
  return rows.filter(({ time }) => {
    const day = new Date(time! * 1000).toISOString().slice(0, 10);
    return day >= from && day <= to;
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

async function report(shop: PlainShop, period = WEEK) {
  const { bucket, dashboard, measure } = await measuredShop();
  await measure(rawFiles(shop));
  return { dashboard, ...(await reportOf(bucket, dashboard, period, NOW)) };
}

/** The report of {@link SHOP}, and what the dashboard answers for the same days: made once, looked at by several tests. */
const ofShop = once(async () => {
  const { dashboard, ...rest } = await report(SHOP);
  const answers = [];
  for (const { id, title } of (await dashboard.describe()).kpis) {
    // Who comes back is told of the users of the week before.
    const scope = id === "retention" ? { from: "2024-02-26", to: "2024-03-03" } : WEEK;
    const answer = await dashboard.answer(id, { from: scope.from, to: scope.to });
    answers.push({ id, title, answer });
  }
  return { answers, ...rest };
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

test("Q140 the report's first sentences agree with a recomputation from the raw rows", async () => {
  const { sentences } = await ofShop();
  const now = rowsOf(SHOP, "2024-03-04", "2024-03-10");
  const before = rowsOf(SHOP, "2024-02-26", "2024-03-03");
  const share = (rows: PlainRow[]) =>
    rows.filter(({ source }) => source === "recsys").length / rows.length;
  const users = (rows: PlainRow[]) => new Set(rows.map(({ user }) => user)).size;
  const way = share(now) > share(before) ? "up" : "down";
  expect(sentences[0]).toBe(
    `${percent(share(now))} of interactions came from recommendations, ${way} from ${percent(share(before))} the week before.`,
  );
  const more = now.length > before.length ? "more" : "fewer";
  expect(sentences[1]).toBe(
    `There were ${now.length} interactions, ${percent(Math.abs(now.length / before.length - 1))} ${more} than the week before.`,
  );
  const reached = users(now.filter(({ source }) => source === "recsys"));
  expect(sentences[2]).toMatch(new RegExp(`^${users(now)} users were active, `));
  expect(sentences[2]).toContain(
    `${percent(reached / users(now))} of them, ${reached}, followed a recommendation.`,
  );
}, 60_000);

test("Q140 every figure on the report is the dashboard's for the same days", async () => {
  const { html, answers } = await ofShop();
  const text = textOf(html);
  let compared = 0;
  for (const { id, title, answer } of answers) {
    if (["week-over-week", "top-items", "movers"].includes(id)) continue;
    if (answer.unavailable !== undefined) {
      expect(text, id).toContain(answer.unavailable.slice(1));
      continue;
    }
    const [value, previous] = [answer.value, answer.previous].map((one) =>
      figureWords(answer.unit, one),
    );
    expect(text, id).toContain(`${title} ${value!} ${previous!} `);
    compared++;
  }
  expect(compared).toBeGreaterThan(12);
}, 60_000);

test("Q140 risers and fallers are those of the raw rows, with both weeks' interactions", async () => {
  const { html } = await ofShop();
  const counts = (rows: PlainRow[]) =>
    SHOP.items.map(({ id }) => rows.filter(({ item }) => item === id).length);
  const now = counts(rowsOf(SHOP, "2024-03-04", "2024-03-10"));
  const before = counts(rowsOf(SHOP, "2024-02-26", "2024-03-03"));
  const change = now.map((count, at) => count - before[at]!);
  const most = change.indexOf(Math.max(...change));
  const least = change.indexOf(Math.min(...change));
  const text = textOf(html);
  expect(text).toContain(
    `“${SHOP.items[most]!.title}” rose most, from ${before[most]!} to ${now[most]!} interactions.`,
  );
  expect(text).toContain(
    `“${SHOP.items[least]!.title}” fell most, from ${before[least]!} to ${now[least]!}.`,
  );
}, 60_000);

test("the report is one file that asks for nothing: no script, no address, its tags closed, titles escaped", async () => {
  const shop = {
    ...SHOP,
    items: SHOP.items.map((item) => ({ ...item, title: `<script>x</script>&"${item.id}` })),
  };
  const { html } = await report(shop);
  expect(html).not.toMatch(/<script|<link|<img|\bsrc=|href=|@import|url\(|https?:/);
  expect(html).toContain("&#60;script&#62;x&#60;/script&#62;&#38;&#34;");
  expect(nestingProblems(html)).toEqual([]);
  expect(html).toMatch(/@media print/);
  expect(html).toMatch(/prefers-color-scheme: dark/);
}, 60_000);

test("what is missing stands there with its reason, and what is computed with its formula and rows", async () => {
  const { html } = await ofShop();
  const text = textOf(html);
  expect(text).toContain("What is missing, and why");
  expect(text).toContain("Click-through rate by source, Conversion by source, Revenue by source");
  expect(text).toMatch(/How this is computed .*exact/);
  const rows = rowsOf(SHOP, "2024-03-04", "2024-03-10").length;
  expect(text).toContain(
    `interactions with source “recsys” ÷ all interactions. From ${rows} rows of data.`,
  );
  expect(text).toContain("No model is served yet");
}, 60_000);

describe("where there is nothing to compare with", () => {
  test("the first week of the data has no changes, and says why", async () => {
    const { html, sentences } = await report(SHOP, daysPeriod("2024-02-20", "2024-02-25"));
    expect(sentences.join(" ")).not.toMatch(/before|more than|fewer than/);
    expect(textOf(html)).toContain("The data begin on 2024-02-20: they do not reach back");
  }, 60_000);

  test("without sources the headline is about interactions", async () => {
    const shop = randomShop({ seed: 8, users: 9, rows: 200, days: 20 });
    const { sentences, html } = await report(shop);
    expect(sentences[0]).toMatch(/^There were \d+ interactions, .* than the week before\.$/);
    expect(nestingProblems(html)).toEqual([]);
  }, 60_000);

  test("a week in which nothing happened says so", async () => {
    const gap: [number, number] = [13, 20];
    const shop = randomShop({ seed: 9, users: 9, rows: 300, days: 30, gap, sources: ["recsys"] });
    const { html, sentences } = await report(shop);
    expect(sentences).toEqual([
      "Nobody did anything in this week: the data have no interactions of them.",
    ]);
    expect(nestingProblems(html)).toEqual([]);
  }, 60_000);

  test("days outside of the data, and data without days, are refused with what to do", async () => {
    await expect(report(SHOP, weekPeriod("2024-W20"))).rejects.toThrow(
      "the data go from 2024-02-20 to 2024-03-10, got 2024-05-13 to 2024-05-19",
    );
    const shop = randomShop({ seed: 3, users: 5, rows: 30, days: 1, withoutTimestamps: true });
    await expect(report(shop)).rejects.toThrow(/no timestamps, .* execute the collector again/);
  }, 60_000);
});

test("the same data and time give the same bytes", async () => {
  const [one, other] = [await ofShop(), await report(SHOP)];
  expect(one.html).toBe(other.html);
}, 60_000);
