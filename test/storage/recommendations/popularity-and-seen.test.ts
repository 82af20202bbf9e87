import fc from "fast-check";
import { expect, test } from "vitest";

import {
  encodeSafetensors,
  openSeen,
  popularityOf,
  popularityTensors,
  readPopularity,
  seenSetsOf,
  seenTensors,
} from "../../../src/storage/index.ts";
import { temporaryBucket } from "../temporary-folder.ts";

test("A16 popular items are ordered by count, ties by the larger id, and read back", async () => {
  const bucket = await temporaryBucket();
  // The documentation's tie: 3471 (1451) before 2959 (1451); indices ascend with the ids.
  const popularity = popularityOf(Uint32Array.of(1548, 1451, 1451, 0));
  expect([...popularity.items]).toEqual([0, 2, 1, 3]);
  expect([...popularity.counts]).toEqual([1548, 1451, 1451, 0]);
  await bucket.write("p", Buffer.concat(encodeSafetensors(popularityTensors(popularity))));
  expect(await readPopularity(bucket, "p")).toEqual(popularity);
});

test("a file without the popularity order is refused", async () => {
  const bucket = await temporaryBucket();
  await bucket.write("p", Buffer.concat(encodeSafetensors({})));
  await expect(readPopularity(bucket, "p")).rejects.toThrow(
    "needs the U32 tensors items and counts",
  );
});

test("A17 each user's seen items are the distinct items of all the user's rows, ascending", async () => {
  const bucket = await temporaryBucket();
  const rows = fc.array(fc.array(fc.nat(30), { maxLength: 12 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (itemsOfUsers) => {
      const ends = itemsOfUsers.map((_, user) => itemsOfUsers.slice(0, user + 1).flat().length);
      const sets = seenSetsOf(Uint32Array.of(0, ...ends), Uint32Array.from(itemsOfUsers.flat()));
      await bucket.write("seen", Buffer.concat(encodeSafetensors(seenTensors(sets))));
      const seen = await openSeen(bucket, "seen");
      for (const [user, items] of itemsOfUsers.entries()) {
        const expected = [...new Set(items)].sort((a, b) => a - b);
        expect([...(await seen.seenBy(user))]).toEqual(expected);
      }
      await seen.close();
    }),
    { numRuns: 40 },
  );
});
