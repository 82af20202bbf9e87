/**
 * Rows per second and peak memory of writing a large sample shop.
 *
 * `node bench/sample-shop.ts [ROWS]`; 10,000,000 rows of 500,000 users and 100,000 items by default,
 * other sizes in proportion. Needs some 70 bytes a row in the temporary folder. Fails above 2 minutes or 1 GB.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeSampleShop } from "../src/sample/index.ts";

const MOST_SECONDS = 120;
const MOST_BYTES = 2 ** 30;

const interactions = Number(process.argv[2] ?? 10_000_000);
const folder = mkdtempSync(join(tmpdir(), "recsys-sample-bench-"));
try {
  const start = performance.now();
  await writeSampleShop(folder, {
    users: Math.ceil(interactions / 20),
    items: Math.ceil(interactions / 100),
    interactions,
  });
  const seconds = (performance.now() - start) / 1000;
  const fileBytes = statSync(join(folder, "user_item_interactions.csv")).size;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${interactions} rows, ${(fileBytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s: ` +
      `${Math.round(interactions / seconds)} rows/s; peak memory ${(peakBytes / 1e6).toFixed(0)} MB`,
  );
  if (seconds > MOST_SECONDS || peakBytes > MOST_BYTES) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
