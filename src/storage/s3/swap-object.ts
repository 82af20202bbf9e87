import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { keyOf, type Location } from "./location.ts";
import { isConditionUnmet, isMissing } from "./s3-errors.ts";

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
  const current = await currentText(location, path);
  if (current?.text !== expected) return false;
  const object = { Bucket: location.name, Key: keyOf(location, path) };
  try {
    await location.client.send(
      new PutObjectCommand({
        ...object,
        Body: next,
        ...(current === undefined ? { IfNoneMatch: "*" } : { IfMatch: current.etag }),
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

async function currentText(
  location: Location,
  path: string,
): Promise<{ readonly text: string; readonly etag: string } | undefined> {
  try {
    const { Body, ETag } = await location.client.send(
      new GetObjectCommand({ Bucket: location.name, Key: keyOf(location, path) }),
    );
    return { text: (await Body?.transformToString()) ?? "", etag: ETag ?? "" };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function attemptsOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly attempts?: number } }).$metadata?.attempts;
}
