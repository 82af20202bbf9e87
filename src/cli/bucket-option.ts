import { Option } from "commander";

import { type Bucket, folderBucket } from "../storage/index.ts";
import type { Session } from "./session.ts";

/** Where everything is kept unless `--bucket` says otherwise. */
export const DEFAULT_BUCKET = "recsys-bucket";

/** `--bucket DIR`. */
export function bucketOption(): Option {
  return new Option("--bucket <dir>", "folder that holds everything RecSys makes").default(
    DEFAULT_BUCKET,
  );
}

/** The bucket in a folder, under the configured prefix. */
export function openBucket(session: Session, folder: string): Bucket {
  return folderBucket(folder, session.configuration().config.bucketPrefix);
}
