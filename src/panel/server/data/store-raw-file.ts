import { createHash } from "node:crypto";
import type { Readable } from "node:stream";

import { rawFileForms } from "../../../schema/index.ts";
import type { Bucket } from "../../../storage/index.ts";
import { PanelError } from "../context.ts";
import { rawPath, roleOf } from "./raw-files.ts";

/** What is known of a file before it comes. */
export interface Announced {
  /** `undefined` where the sender does not say. */
  readonly bytes: number | undefined;
  /** In hexadecimal. */
  readonly sha256: string | undefined;
  readonly maxBytes: number;
}

/** Left free on the disk, for what runs beside. */
const SPARE_BYTES = 256 << 20;

/**
 * Writes a raw file from a stream, piece by piece; until its last byte has come, the old file stands. The other form
 * of the file (packed or not) is removed then, since the two may not stand side by side. `mayStill` is asked before the file takes
 * its place.
 *
 * @returns its bytes and their SHA-256
 * @throws PanelError if it is too large, does not fit on the disk, or is not what was announced
 */
export async function storeRawFile(
  bucket: Bucket,
  name: string,
  source: Readable,
  announced: Announced,
  mayStill: () => Promise<void>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const { bytes: expected, maxBytes } = announced;
  if (expected !== undefined && expected > maxBytes) throw tooLarge(name, expected, maxBytes);
  await requireRoom(bucket, name, expected ?? 0);
  const hash = createHash("sha256");
  const writer = await bucket.create(rawPath(name));
  let bytes = 0;
  try {
    for await (const piece of source) {
      bytes += (piece as Buffer).length;
      if (bytes > maxBytes) throw tooLarge(name, bytes, maxBytes);
      hash.update(piece as Buffer);
      await writer.write(piece as Buffer);
    }
    const sha256 = hash.digest("hex");
    requireAsAnnounced(name, { bytes, sha256 }, announced);
    await mayStill();
    await writer.close();
    for (const form of rawFileForms(roleOf(name)!)) {
      if (form !== name) await bucket.remove(rawPath(form));
    }
    return { bytes, sha256 };
  } catch (error) {
    await writer.abort().catch(() => undefined); // closed already where closing has failed
    throw error;
  }
}

function requireAsAnnounced(
  name: string,
  got: { readonly bytes: number; readonly sha256: string },
  { bytes, sha256 }: Announced,
): void {
  if (got.bytes === 0)
    throw new PanelError(400, "invalid", `${name} is empty; nothing was changed`);
  if (bytes !== undefined && got.bytes !== bytes) {
    throw new PanelError(
      400,
      "incomplete",
      `${got.bytes} of ${bytes} bytes of ${name} arrived; nothing was changed: send it again`,
    );
  }
  if (sha256 !== undefined && got.sha256 !== sha256.toLowerCase()) {
    throw new PanelError(
      400,
      "checksum",
      `${name} arrived with the SHA-256 ${got.sha256}, announced was ${sha256}; nothing was changed: send it again`,
    );
  }
}

async function requireRoom(bucket: Bucket, name: string, bytes: number): Promise<void> {
  const free = await bucket.freeBytes?.();
  if (free === undefined || free >= bytes + SPARE_BYTES) return;
  throw new PanelError(
    413,
    "no_room",
    `${name} has ${megabytes(bytes)} and the disk of the bucket has ${megabytes(free)} left, of which ${megabytes(SPARE_BYTES)} stay free; make room`,
  );
}

function tooLarge(name: string, bytes: number, maxBytes: number): PanelError {
  return new PanelError(
    413,
    "too_large",
    `${name} has at least ${megabytes(bytes)} and may have ${megabytes(maxBytes)} (collector.maxUploadMiB); pack it with gzip, or raise the limit`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}
