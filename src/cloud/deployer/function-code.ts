import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { RecSysConfig } from "../../schema/index.ts";
import { type Bucket, ObjectNotFoundError, openBucket } from "../../storage/index.ts";
import { ParameterError } from "./check-parameters.ts";

/** What a release calls the function's zip. */
const ZIP = "recsys-responder.zip";

/** Where the panel's package and the image hold it; a checkout has none. */
const PACKAGED_CODE = new URL(`../../../build/${ZIP}`, import.meta.url);

/** The function's code, on its way to the owner's bucket: Lambda takes it from a bucket of its own region. */
export interface FunctionCode {
  /** The object's key, prefix included. It says the content: an update that names the same key changes nothing. */
  readonly key: string;
  /** Puts it there, unless it is there. */
  readonly keep: () => Promise<void>;
}

/**
 * The code of the function: the file that is given, else that of the configured release, else what this package holds.
 *
 * @throws ParameterError if there is none
 */
export async function functionCode(
  bucket: Bucket,
  { aws, bucketPrefix }: Pick<RecSysConfig, "aws" | "bucketPrefix">,
  {
    file,
    packaged = PACKAGED_CODE,
  }: { readonly file?: string | undefined; readonly packaged?: URL },
): Promise<FunctionCode> {
  const code =
    file !== undefined
      ? await readFile(file)
      : aws.release !== undefined
        ? await codeOfRelease(aws.release)
        : await packagedCode(packaged);
  const sha256 = createHash("sha256").update(code).digest("hex");
  const path = `dist/recsys-responder-${sha256.slice(0, 16)}.zip`;
  return {
    key: `${bucketPrefix}/${path}`,
    async keep() {
      if ((await bucket.head(path)) === undefined) await bucket.write(path, code);
    },
  };
}

/** `s3://bucket/recsys/0.1.0` → the function's code in that release. */
async function codeOfRelease(release: string): Promise<Uint8Array> {
  try {
    const place = await openBucket(release, "");
    return await place.read(ZIP);
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    throw new ParameterError(`there is no ${ZIP} in ${release}: is aws.release right?`);
  }
}

async function packagedCode(packaged: URL): Promise<Uint8Array> {
  try {
    return await readFile(packaged);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new ParameterError(
      `the responder needs its function's code, which a checkout does not hold: set aws.release, or --code ${ZIP} of a release`,
    );
  }
}
