import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  averageStage,
  compareStage,
  evaluateStage,
  readEvaluation,
  refitStage,
  roundStage,
  trainStage,
} from "../../../src/core/index.ts";
import { averageRound, type RoundTensors } from "../../../src/core/train/average.ts";
import { historiesOfShard } from "../../../src/core/train/round-fit.ts";
import type { Estimate, FitName } from "../../../src/schema/index.ts";
import { decodeSafetensors, type Tensor, type Tensors } from "../../../src/storage/index.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";
import { historiesOf } from "./checkerboard.ts";

function roundTensors(tensors: Readonly<Record<string, Tensor>>): RoundTensors {
  return { names: Object.keys(tensors), read: (name) => Promise.resolve(tensors[name]!) };
}

/** One table of two columns, whose values, m and v differ by a factor only. */
function table(rows: readonly (readonly [number, number])[], steps: readonly number[]): Tensors {
  const scaled = (factor: number) => ({
    shape: [rows.length, 2],
    values: Float32Array.from(rows.flat(), (x) => factor * x),
  });
  return {
    "item.id.values": scaled(1),
    "item.id.m": scaled(10),
    "item.id.v": scaled(100),
    "item.id.steps": { shape: [rows.length], values: Uint32Array.from(steps) },
  };
}

const averaged = async (before: Tensors | undefined, after: readonly Tensors[]) =>
  averageRound(before && roundTensors(before), after.map(roundTensors));

describe("the average of a round", () => {
  const start = [
    [1, 1],
    [2, 2],
    [3, 3],
  ] as const;

  test("counts each instance's row by the updates it had there; an untouched row stays", async () => {
    const before = table(start, [4, 0, 7]);
    const one = table([start[0], [4, 8], [5, 3]], [4, 3, 8]);
    const other = table([start[0], [8, 0], [3, 3]], [4, 1, 7]);
    const result = await averaged(before, [one, other]);
    const rows = [1, 1, 4 * 0.75 + 8 * 0.25, 8 * 0.75, 5, 3];
    expect([...result["item.id.values"]!.values]).toEqual(rows);
    expect([...result["item.id.m"]!.values]).toEqual(rows.map((x) => 10 * x));
    expect([...result["item.id.v"]!.values]).toEqual(rows.map((x) => 100 * x));
    expect([...result["item.id.steps"]!.values]).toEqual([4, 4, 8]);
  });

  test("of the first round has nothing before it", async () => {
    const result = await averaged(undefined, [
      table([[2, 0]], [1]),
      table([[0, 4]], [1]),
      table([[9, 9]], [0]),
    ]);
    expect([...result["item.id.values"]!.values]).toEqual([1, 2]);
    expect([...result["item.id.steps"]!.values]).toEqual([2]);
  });

  test("of one instance is what that instance has", async () => {
    const only = table(start, [1, 0, 5]);
    expect(await averaged(undefined, [only])).toEqual(only);
  });
});

test("the shards' histories are everybody's, each user's in one of them", () => {
  const row = fc.uniqueArray(fc.nat(9), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (rows, count) => {
      const whole = historiesOf(rows, 10);
      const shards = Array.from({ length: count }, (_, index) =>
        historiesOfShard(whole, { index, count }),
      );
      rows.forEach((items, user) => {
        shards.forEach(({ offsets, itemIndices, weights }, index) => {
          const own = itemIndices.subarray(offsets[user], offsets[user + 1]);
          expect([...own]).toEqual(user % count === index ? items : []);
          expect(weights.length).toBe(itemIndices.length);
        });
      });
    }),
  );
});

describe("a fit that several instances share", () => {
  let shop: SmallShop;
  beforeAll(async () => {
    shop = await smallShop();
  });
  afterAll(() => shop.remove());

  const settingsOf = (instanceCount: number, rounds = 4) => ({
    training: { embeddingSize: 16, maxEpochs: 6, rounds },
    instances: { training: { instanceCount } },
  });

  /** What the workflow does between the states Train and Evaluate, or Gate and Refit. */
  async function rounds(execution: string, count: number, fit: FitName): Promise<void> {
    const settings = settingsOf(count);
    for (let index = 0; index < 4; index++) {
      const round = { fit, index, count: 4 };
      for (let shard = 0; shard < count; shard++) {
        await roundStage(
          shop.bucket,
          shop.run({ execution, settings, round, shard: { index: shard, count } }),
        );
      }
      await averageStage(shop.bucket, shop.run({ execution, settings, round }));
    }
  }

  async function ndcgOf(count: number): Promise<Estimate> {
    const execution = `instances-${count}`;
    const run = shop.run({ execution, settings: settingsOf(count) });
    await trainStage(shop.bucket, run);
    if (count > 1) await rounds(execution, count, "evaluated");
    await evaluateStage(shop.bucket, run);
    await compareStage(shop.bucket, run);
    const { scorers } = await readEvaluation(shop.bucket, execution);
    return scorers[0]!.metrics["ndcg@10"]!;
  }

  test("ranks within the interval of 1 with 2 and 4, and better than popularity", async () => {
    const one = await ndcgOf(1);
    for (const count of [2, 4]) {
      const { value } = await ndcgOf(count);
      expect(value).toBeGreaterThan(Math.max(one.low, 0.95 * one.value));
    }
    const { scorers } = await readEvaluation(shop.bucket, "instances-4");
    const popular = scorers.find(({ name }) => name === "popular");
    expect((await ndcgOf(4)).value).toBeGreaterThan(popular!.metrics["ndcg@10"]!.value);
  });

  test("gives the same bytes again, also where an average is asked for that was made before", async () => {
    const weights = () => shop.bucket.read("model/instances-2/evaluated.safetensors");
    const first = Buffer.from(await weights());
    await shop.bucket.removeAll("model/instances-2/checkpoints/evaluated/");
    await rounds("instances-2", 2, "evaluated");
    expect(first.equals(await weights())).toBe(true);
    const run = shop.run({
      execution: "instances-2",
      settings: settingsOf(2),
      round: { fit: "evaluated", index: 3, count: 4 },
    });
    await averageStage(shop.bucket, run);
    expect(first.equals(await weights())).toBe(true);
    const left = await shop.bucket.list("model/instances-2/checkpoints/evaluated/");
    expect(left.map(({ path }) => path.split("/").at(-1))).toEqual(["average-3.safetensors"]);
  });

  test("leaves what was never trained at zero, and no round behind once it is served", async () => {
    const run = shop.run({ execution: "instances-2", settings: settingsOf(2) });
    await rounds("instances-2", 2, "served");
    await refitStage(shop.bucket, run);
    const served = decodeSafetensors(
      await shop.bucket.read("model/instances-2/served.safetensors"),
    );
    const { shape, values } = served["item.id"]!;
    expect(shape).toEqual([80, 16]);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(await shop.bucket.list("model/instances-2/checkpoints/")).toEqual([]);
    const manifest = JSON.parse(
      Buffer.from(await shop.bucket.read("model/instances-2/manifest.json")).toString("utf8"),
    ) as { content: { instances: number } };
    expect(manifest.content.instances).toBe(2);
  });

  test("a round that is not told which one it is fails", async () => {
    await expect(roundStage(shop.bucket, shop.run({ execution: "instances-2" }))).rejects.toThrow(
      "was not told which one",
    );
  });
});
