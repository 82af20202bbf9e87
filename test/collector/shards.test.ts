import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";

import fc from "fast-check";
import { expect, test } from "vitest";

import { assembleStage, collectStage } from "../../src/collector/index.ts";
import { DataError } from "../../src/schema/index.ts";
import { type Bucket, ObjectNotFoundError, readManifest } from "../../src/storage/index.ts";
import { bucketWith, DOCUMENTED, stageRun } from "./shop.ts";

/** A cell as people write them: plain, quoted, with line ends, and wrong. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("472", "189", "822", "7", "é") },
  fc.constantFrom(
    '"a ""b"""',
    '"a\nb"',
    '"1\r\n\r\n2"',
    '"1,5"',
    '"stray',
    'x"y',
    "",
    "\u0000",
    "\u001f",
  ),
);
const record = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constantFrom("a", "b", "c", "e1cdd77e-24ea-4957-a70a-4d0d1b6d0b6f"),
      fc.nat(40),
      cell,
      cell,
      fc.constantFrom("1", "2.5", "many"),
      fc.constantFrom("97830076", "97830077", "soon", ""),
    ),
  },
  { weight: 1, arbitrary: fc.array(cell, { maxLength: 7 }) },
);
const csv = fc
  .tuple(
    fc.constantFrom("", "\uFEFF"),
    fc.array(record, { maxLength: 25 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([mark, records, end, isEnded]) => {
    const rows = records.map((cells) =>
      cells.length === 6 && typeof cells[1] === "number"
        ? [`${cells[0]}${cells[1]}`, cells[2], cells[3], cells[4], "web", cells[5]].join(",")
        : cells.join(","),
    );
    const header = "interaction_id,user_id,item_id,rating,source,timestamp";
    const ok = ["first,54,189,1,web,97830196", "second,54,472,1,web,97830196"];
    return mark + [header, ...ok, ...rows].join(end) + (isEnded ? end : "");
  });

const plainCsv = fc
  .array(
    fc.tuple(
      fc.nat(30),
      fc.nat(5),
      fc.constantFrom("472", "189"),
      fc.constantFrom("1", "x"),
      fc.nat(9),
    ),
    { maxLength: 25 },
  )
  .map((rows) =>
    ["first,54,189,1,web,3", "second,54,472,1,web,5"]
      .concat(
        rows.map(([id, user, item, rating, time]) => `${id},${user},${item},${rating},web,${time}`),
      )
      .join("\n"),
  );

interface End {
  readonly files: Readonly<Record<string, string>>;
  readonly failure: string | undefined;
}

/** Collects in N shards; the sum of every file, and how it failed if it did. */
async function collected(
  bucket: Bucket,
  count: number,
  order = Array.from({ length: count }, (_, i) => i),
): Promise<End> {
  const settings = { maxRejectedShare: 0.6 };
  await bucket.removeAll("processed_data/");
  const runOf = (index: number) => {
    const run = stageRun(settings, { shard: { index, count } });
    const instances = { ...run.config.instances };
    instances.collector = { ...instances.collector, instanceCount: count };
    return { ...run, config: { ...run.config, instances } };
  };
  const runs: ReturnType<typeof runOf>[] = [];
  const step = async (stage: typeof collectStage, index: number): Promise<void> => {
    const run = runOf(index);
    runs.push(run);
    await stage(bucket, run);
  };
  let failure: string | undefined;
  try {
    for (const index of order) await step(collectStage, index);
    if (count > 1) await step(assembleStage, 0);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    failure = error.message;
  }
  for (const { scratchFolder } of runs) await rm(scratchFolder, { recursive: true, force: true });
  const files: Record<string, string> = {};
  for (const { path } of await bucket.list("processed_data/")) {
    if (path.includes("/shards/")) continue;
    files[path] = createHash("sha256")
      .update(await bucket.read(path))
      .digest("hex");
  }
  return { files, failure };
}

for (const [name, texts, numRuns] of [
  ["with line ends in quotes, stray quotes, marks and bad rows", csv, 8],
  ["that any reader takes alike", plainCsv, 4],
] as const) {
  test(`files ${name}: any number of shards writes the same bytes, or fails alike`, async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 2, max: 7 }), async (text, count) => {
        const { bucket, folder } = bucketWith({
          ...DOCUMENTED,
          "user_item_interactions.csv": text,
        });
        const one = await collected(bucket, 1);
        expect(await collected(bucket, count)).toEqual(one);
        await rm(folder, { recursive: true, force: true });
      }),
      { numRuns },
    );
  }, 180_000);
}

test("more shards than rows, one run again after a kill: nothing changes and nothing is left", async () => {
  const { bucket } = bucketWith(DOCUMENTED);
  const one = await collected(bucket, 1);
  expect(Object.keys(one.files).length).toBeGreaterThan(7);
  expect(await collected(bucket, 9, [8, 0, 0, 1, 2, 3, 4, 5, 6, 7])).toEqual(one);
  expect(await bucket.list("processed_data/test-1/shards/")).toEqual([]);
  const { content } = await readManifest(bucket, "processed_data", "test-1");
  expect(content).toMatchObject({ rows: 7 });
});

test("an assembly without a shard's part, or of a file that was changed meanwhile, is refused", async () => {
  const { bucket } = bucketWith(DOCUMENTED);
  const instances = { collector: { instanceCount: 2 } };
  const run = (index: number) => {
    const base = stageRun({}, { shard: { index, count: 2 } });
    const collector = { ...base.config.instances.collector, ...instances.collector };
    return {
      ...base,
      config: { ...base.config, instances: { ...base.config.instances, collector } },
    };
  };
  await collectStage(bucket, run(0));
  await expect(assembleStage(bucket, run(0))).rejects.toThrow(ObjectNotFoundError);
  await collectStage(bucket, run(1));
  const path = "raw_data/user_item_interactions.csv";
  await bucket.write(path, `${Buffer.from(await bucket.read(path)).toString()}\n`);
  await expect(assembleStage(bucket, run(0))).rejects.toThrow(/was changed while it was collected/);
});
