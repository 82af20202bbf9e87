import { afterAll, beforeAll, expect, test } from "vitest";

import { readModelCard, refitStage, trainStage } from "../../../src/core/index.ts";
import { epochSeconds } from "../../../src/core/train/budget.ts";
import { smallShop, type SmallShop } from "../small-shop.ts";
import { historiesOf } from "./checkerboard.ts";
import { settingsOf } from "./settings-of.ts";

let shop: SmallShop;
beforeAll(async () => {
  shop = await smallShop();
});
afterAll(() => shop.remove());

async function trained(execution: string, budgetMinutes?: number) {
  const training = { embeddingSize: 16, maxEpochs: 12, budgetMinutes };
  const run = shop.run({ execution, settings: { training } });
  await trainStage(shop.bucket, run);
  const card = await readModelCard(shop.bucket, execution);
  const weights = await shop.bucket.read(`model/${execution}/evaluated.safetensors`);
  const epochs = [...card.race, ...card.fits].reduce((sum, { curve }) => sum + curve.length, 0);
  return { card, weights, epochs, run };
}

test("a generous budget changes nothing but the record of it; a tight one takes fewer epochs, the same ones each time", async () => {
  const free = await trained("free");
  expect(free.card.budget).toBeUndefined();

  const generous = await trained("generous", 600);
  const { budget, ...rest } = generous.card;
  expect(rest).toEqual(free.card);
  expect(generous.weights).toEqual(free.weights);
  expect(budget).toMatchObject({ minutes: 600, isCapping: false });
  expect(budget!.plannedSeconds).toBeGreaterThanOrEqual(0);

  const tight = await trained("tight", 0.01);
  expect(tight.card.budget).toMatchObject({ minutes: 0.01, isCapping: true });
  expect(tight.epochs).toBeLessThan(free.epochs / 2);
  expect(tight.card.race.length).toBeLessThan(free.card.race.length);
  expect(tight.card.settings.epochs).toBeLessThan(free.card.settings.epochs + 1);
  expect((await trained("tight-again", 0.01)).weights).toEqual(tight.weights);

  // The refit and all that reads the card goes on as ever.
  await refitStage(shop.bucket, tight.run);
}, 120_000);

test("however small the budget, every form races and every fit takes an epoch", async () => {
  const { card } = await trained("none", 1e-6);
  expect(new Set(card.race.map(({ settings }) => settings.history)).size).toBe(2);
  for (const { curve } of [...card.race, ...card.fits]) expect(curve).toHaveLength(1);
  expect(card.settings.epochs).toBe(1);
}, 60_000);

test("the cost of an epoch is that of its steps and of the look after it", () => {
  // 100 users with 3 items each of 50, 10 rows a step: 10 steps.
  const train = historiesOf(
    Array.from({ length: 100 }, (_, user) => [user % 50, (user + 1) % 50, (user + 2) % 50]),
    50,
  );
  const settings = settingsOf({ batchRows: 10, negatives: 1000, embeddingSize: 100 });
  const products = 6 * 10 * 1000 * 100; // 6 MFLOP
  const gathered = 10 * 3 * 100;
  const step = 1.2e-3 + (products / 1e9) * 6.8e-3 + (gathered / 1e6) * 1.7e-3;
  expect(epochSeconds(train, settings)).toBeCloseTo(10 * step + 100 * 50 * 2e-8, 9);
});
