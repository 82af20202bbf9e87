import { open } from "node:fs/promises";

import type { Progress } from "../schema/index.ts";
import type { Shop } from "./shop.ts";
import { trueProbabilities } from "./truth.ts";

/** A safetensors file of one array, `probability`, F32 (users, items); row u is user ID u + 1. */
export const PROBABILITIES_FILE = "true_probabilities.safetensors";

interface ProgressAndStop {
  readonly report?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Writes the true probabilities, one user at a time: the whole may be larger than the memory. */
export async function writeProbabilities(
  path: string,
  shop: Shop,
  { report, signal }: ProgressAndStop = {},
): Promise<void> {
  const { users, items } = shop.options;
  await using file = await open(path, "w");
  await file.writeFile(safetensorsHead(users, items));
  const probabilitiesOf = trueProbabilities(shop);
  for (let u = 0; u < users; u++) {
    signal?.throwIfAborted();
    const row = probabilitiesOf(u);
    await file.writeFile(new Uint8Array(row.buffer));
    if (u % 1000 === 999 || u === users - 1) {
      report?.({ activity: "write true probabilities", done: u + 1, total: users, unit: "users" });
    }
  }
}

/** The head alone, since the array never stands in memory as a whole. */
function safetensorsHead(users: number, items: number): Uint8Array {
  const header = JSON.stringify({
    probability: { dtype: "F32", shape: [users, items], data_offsets: [0, 4 * users * items] },
  });
  const padded = header.padEnd(8 * Math.ceil(header.length / 8));
  const bytes = new Uint8Array(8 + padded.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded.length), true);
  bytes.set(new TextEncoder().encode(padded), 8);
  return bytes;
}
