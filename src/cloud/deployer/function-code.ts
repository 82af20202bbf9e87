import { createHash } from "node:crypto";

import type { Bucket } from "../../storage/index.ts";

/** Where in S3 the function's code is. */
export interface FunctionCode {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Puts the function's code into the bucket, where Lambda takes it from: under a name of its content, since an update that
 * names the same key changes nothing.
 *
 * @returns the object's key, the prefix included
 */
export async function keepCode(bucket: Bucket, prefix: string, code: Buffer): Promise<string> {
  const sha256 = createHash("sha256").update(code).digest("hex");
  const path = `dist/recsys-responder-${sha256.slice(0, 16)}.zip`;
  if ((await bucket.head(path)) === undefined) await bucket.write(path, code);
  return `${prefix}/${path}`;
}
