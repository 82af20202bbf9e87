import { z } from "zod";

import { ApiKey } from "../schema/index.ts";
import { type Bucket, ObjectNotFoundError, type ReadableBucket } from "./bucket.ts";

const FILE = "api_keys.json";
const ApiKeys = z.array(ApiKey);

/** The keys for `/recommend/*` that the panel has made: never the keys themselves, only their SHA-256. */
export async function readApiKeys(bucket: ReadableBucket): Promise<readonly ApiKey[]> {
  return parse(await readText(bucket));
}

/**
 * Changes the list of keys; what others change meanwhile is kept.
 *
 * @param bucket - that holds the list
 * @param change - from the list as it stands to the new one; called again when another writer came between
 */
export async function changeApiKeys(
  bucket: Bucket,
  change: (keys: readonly ApiKey[]) => readonly ApiKey[],
): Promise<void> {
  for (;;) {
    const text = await readText(bucket);
    const next = JSON.stringify(change(parse(text)), null, 2);
    if (await bucket.swap(FILE, text, next)) return;
  }
}

function parse(text: string | undefined): readonly ApiKey[] {
  return text === undefined ? [] : ApiKeys.parse(JSON.parse(text));
}

async function readText(bucket: ReadableBucket): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await bucket.read(FILE));
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
