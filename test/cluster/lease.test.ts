import { expect, test } from "vitest";

import { holdLease } from "../../src/cluster/lease.ts";

const LEASE_MS = 800;

/** Milliseconds until the lease's signal is aborted. */
function lostAfter(renew: () => Promise<boolean>): Promise<number> {
  const start = performance.now();
  const { signal } = holdLease(renew, LEASE_MS);
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve(performance.now() - start);
    });
  });
}

test("a lease that is another's is lost at the next beat", async () => {
  let beats = 0;
  const after = await lostAfter(() => Promise.resolve(++beats < 3));
  expect(after).toBeLessThan(LEASE_MS * 0.6);
});

test.each([
  ["nobody answers", () => new Promise<never>(() => undefined)],
  ["every answer is an error", () => Promise.reject(new Error("no"))],
])("where %s it is given up well before it runs out", async (_, renew) => {
  const after = await lostAfter(renew);
  expect(after).toBeGreaterThan(LEASE_MS * 0.55);
  expect(after).toBeLessThan(LEASE_MS * 0.9);
});

test("a slow answer counts from when it was asked for", async () => {
  const lease = holdLease(
    () => new Promise((resolve) => setTimeout(resolve, LEASE_MS / 4, true)),
    LEASE_MS,
  );
  await new Promise((resume) => setTimeout(resume, LEASE_MS * 2));
  expect(lease.signal.aborted).toBe(false);
  lease.end();
});

test("a lease that was ended beats no more", async () => {
  let beats = 0;
  holdLease(() => Promise.resolve(++beats > 0), LEASE_MS).end();
  await new Promise((resume) => setTimeout(resume, LEASE_MS));
  expect(beats).toBe(1);
});
