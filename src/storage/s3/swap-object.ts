import { PutObjectCommand } from "@aws-sdk/client-s3";

import { ObjectNotFoundError } from "../bucket.ts";
import { conditionalWrites } from "./conditional-writes.ts";
import { keyOf, type Location } from "./location.ts";
import { collected, readObject, unlessChanged } from "./object-bytes.ts";
import { isConditionUnmet } from "./s3-errors.ts";

/**
 * Replaces a small object only if its text is still `expected` (`undefined`: absent), by a write on the condition that its
 * version is still the one that was compared.
 *
 * @returns whether it was replaced
 */
export async function swapObject(
  location: Location,
  path: string,
  expected: string | undefined,
  next: string,
): Promise<boolean> {
  const quoting = await conditionalWrites(location);
  const current = await currentText(location, path);
  if (current?.text !== expected) return false;
  if (current !== undefined && current.etag === undefined) {
    // Written without a condition, it could undo what another has just written.
    throw new Error(
      `${location.url} names no version (ETag) of ${path}, so that pointers cannot be moved safely there; use a server that does`,
    );
  }
  const object = { Bucket: location.name, Key: keyOf(location, path) };
  try {
    await location.client.send(
      new PutObjectCommand({
        ...object,
        Body: next,
        ...(current === undefined ? { IfNoneMatch: "*" } : { IfMatch: quoting(current.etag!) }),
      }),
    );
    return true;
  } catch (error) {
    if (!isConditionUnmet(error)) throw error;
    // The first answer may have been lost on its way, and the request, made again, met its own work.
    const isTriedAgain = (attemptsOf(error) ?? 1) > 1;
    return isTriedAgain && (await currentText(location, path))?.text === next;
  }
}

/** An object's text and version, `undefined` if there is none. */
async function currentText(
  location: Location,
  path: string,
): Promise<{ readonly text: string; readonly etag: string | undefined } | undefined> {
  try {
    return await unlessChanged(async () => {
      const object = await readObject(location, path);
      const bytes = await collected(object);
      return { text: Buffer.from(bytes).toString("utf8"), etag: object.etag };
    });
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

function attemptsOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly attempts?: number } }).$metadata?.attempts;
}
