import { afterAll, beforeAll, expect, test } from "vitest";

import { type Kernels, random, subMatrix } from "../../src/kernels/index.ts";
import { everything } from "./everything.ts";
import { open, randomMatrix } from "./open.ts";

const THREADS = [1, 2, 3];
let teams: Kernels[];
beforeAll(async () => {
  teams = await Promise.all(THREADS.map((threads) => open(threads)));
});
afterAll(() => Promise.all(teams.map((team) => team.close())));

test("one, two and three threads give the same bytes for every operation", () => {
  const [one, ...others] = teams.map((team) => everything(team));
  for (const other of others) expect(other).toEqual(one);
});

test("a row's bytes do not depend on the rows that are computed with it", () => {
  const all = teams[0]!.matrix(13, 20);
  const stream = random(1);
  all.values.set(randomMatrix(teams[0]!, 13, 20, stream).values);
  const b = randomMatrix(teams[0]!, 50, 20, stream);
  const together = teams[0]!.matrix(13, 50);
  teams[0]!.multiplyTransposed(together, all, b);
  for (let r = 0; r < 13; r++) {
    const alone = teams[0]!.matrix(1, 50);
    teams[0]!.multiplyTransposed(alone, subMatrix(all, 1, r), b);
    expect(alone.values).toEqual(subMatrix(together, 1, r).values);
  }
});

test("thousands of short calls in a row, and calls after a sleep, are all done by all threads", async () => {
  const team = teams[2]!;
  const values = team.float32(70_000);
  for (let call = 1; call <= 2000; call++) {
    values.fill(0, 0, 100);
    team.exp(values, values);
    if (call % 500 === 0) await new Promise((resume) => setTimeout(resume, 20));
  }
  expect(values[0]).toBe(1);
  const first = team.matrix(3000, 20);
  first.values.fill(1);
  const bias = team.float32(20);
  bias.fill(1);
  for (let call = 0; call < 500; call++) team.addRow(first, bias, 1);
  expect(first.values.every((x) => x === 501)).toBe(true);
});
