import { Upload } from "@aws-sdk/lib-storage";
import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";

import type { ObjectWriter } from "../bucket.ts";
import { headOf, keyOf, type Location } from "./location.ts";
import { isUploadUnknown } from "./s3-errors.ts";

const PART_BYTES = 8 << 20;
/** Of one object; one whose size is not known beforehand may therefore have 80 GB. */
const MOST_PARTS = 10_000;

/** Writes an object piece by piece: in one request while it is small, else in parts, four on their way at a time (32 MB). */
export function objectWriter(location: Location, path: string): ObjectWriter {
  const body = new PassThrough({ highWaterMark: PART_BYTES });
  const upload = uploadOf(location, path, body, PART_BYTES);
  let bytes = 0;
  const done = finished(upload, location, path, () => bytes);
  // Whoever waits for room in the body must not wait for ever; what has failed is told by the next call.
  done.catch(() => body.destroy());
  return {
    async write(piece) {
      // A copy: the caller may use its buffer again before the piece is sent.
      const copy = Buffer.from(piece);
      bytes += copy.length;
      if (body.destroyed) await done;
      if (!body.write(copy)) await Promise.race([once(body, "drain"), done]);
    },
    async close() {
      body.end();
      await done;
    },
    async abort() {
      await upload.abort();
      body.destroy();
      await done.catch(() => undefined);
    },
  };
}

/** Sends a stream of so many bytes. */
export async function uploadStream(
  location: Location,
  path: string,
  body: Readable,
  bytes: number,
): Promise<void> {
  const partBytes = Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS));
  await finished(uploadOf(location, path, body, partBytes), location, path, () => bytes);
}

function uploadOf(location: Location, path: string, body: Readable, partSize: number): Upload {
  const params = { Bucket: location.name, Key: keyOf(location, path), Body: body };
  return new Upload({ client: location.client, params, partSize });
}

async function finished(
  upload: Upload,
  location: Location,
  path: string,
  bytes: () => number,
): Promise<void> {
  try {
    await upload.done();
  } catch (error) {
    // The answer to the last request may have been lost; made again, it found no open upload, and yet all is there.
    const isThere = isUploadUnknown(error) && (await headOf(location, path))?.bytes === bytes();
    if (!isThere) throw error;
  }
}
