import { z } from "zod";

import {
  artefactFolder,
  type Bucket,
  decodeSafetensors,
  encodeSafetensors,
  type Tensors,
  vector,
} from "../../storage/index.ts";
import type { Rankings } from "../rank/index.ts";
import type { RankedScorer } from "./rank-held-out.ts";

/** Who the lists of a shard are by, in their order. */
const ScorerNames = z.array(
  z.object({ name: z.string(), role: z.enum(["model", "served", "baseline"]) }),
);
const SCORERS = "scorers";

/** The folder of all shards' lists; removed once they are compared. */
export function rankingsFolder(execution: string): string {
  return `${artefactFolder("evaluation", execution)}/shards/`;
}

function rankingsPath(execution: string, shard: number): string {
  return `${rankingsFolder(execution)}${String(shard)}.safetensors`;
}

/** Leaves a shard's lists for the comparison. */
export async function writeRankings(
  bucket: Bucket,
  execution: string,
  shard: number,
  scorers: readonly RankedScorer[],
): Promise<void> {
  const names = scorers.map(({ name, role }) => ({ name, role }));
  const json = new TextEncoder().encode(JSON.stringify(names));
  const tensors: Record<string, Tensors[string]> = { [SCORERS]: vector(json) };
  scorers.forEach(({ rankings: { k, counts, items, scores, logSumExp } }, s) => {
    const shape = [counts.length, k];
    tensors[`${s}.counts`] = vector(counts);
    tensors[`${s}.items`] = { shape, values: items };
    tensors[`${s}.scores`] = { shape, values: scores };
    tensors[`${s}.logSumExp`] = vector(logSumExp);
  });
  const writer = await bucket.create(rankingsPath(execution, shard));
  for (const piece of encodeSafetensors(tensors)) await writer.write(piece);
  await writer.close();
}

/**
 * Reads the lists of all shards as one: shard after shard, which is the order of the users.
 *
 * @throws ObjectNotFoundError if a shard has left none
 */
export async function readRankings(
  bucket: Bucket,
  execution: string,
  shards: number,
): Promise<readonly RankedScorer[]> {
  const parts: (readonly RankedScorer[])[] = [];
  for (let shard = 0; shard < shards; shard++) {
    parts.push(decodeRankings(await bucket.read(rankingsPath(execution, shard))));
  }
  return parts[0]!.map(({ name, role }, s) => ({
    name,
    role,
    rankings: joined(parts.map((part) => part[s]!.rankings)),
  }));
}

function decodeRankings(bytes: Uint8Array): readonly RankedScorer[] {
  const { [SCORERS]: json, ...tensors } = decodeSafetensors(bytes);
  const names = ScorerNames.parse(JSON.parse(new TextDecoder().decode(json!.values)));
  return names.map(({ name, role }, s) => ({
    name,
    role,
    rankings: {
      k: tensors[`${s}.items`]!.shape[1]!,
      counts: tensors[`${s}.counts`]!.values as Uint32Array,
      items: tensors[`${s}.items`]!.values as Uint32Array,
      scores: tensors[`${s}.scores`]!.values as Float32Array,
      logSumExp: tensors[`${s}.logSumExp`]!.values as Float64Array,
    },
  }));
}

function joined(parts: readonly Rankings[]): Rankings {
  const users = parts.reduce((sum, { counts }) => sum + counts.length, 0);
  const { k } = parts[0]!;
  const whole: Rankings = {
    k,
    counts: new Uint32Array(users),
    items: new Uint32Array(users * k),
    scores: new Float32Array(users * k),
    logSumExp: new Float64Array(users),
  };
  let row = 0;
  for (const { counts, items, scores, logSumExp } of parts) {
    whole.counts.set(counts, row);
    whole.items.set(items, row * k);
    whole.scores.set(scores, row * k);
    whole.logSumExp.set(logSumExp, row);
    row += counts.length;
  }
  return whole;
}
