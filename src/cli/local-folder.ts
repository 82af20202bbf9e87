import { isS3Url } from "../storage/index.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A place that a command writes files to by itself, as it was given.
 *
 * @throws UsageError if it is in S3: a folder of that name would be made without a word
 */
export function localFolder(place: string): string {
  if (!isS3Url(place) && !/^s3:/i.test(place)) return place;
  throw new UsageError(
    `this writes into a folder of this machine, got "${place}"; write it to one, then copy it: aws s3 cp --recursive FOLDER ${place}`,
  );
}
