import { Option } from "commander";

import { type Bucket, openBucket as openAt } from "../storage/index.ts";
import type { Session } from "./session.ts";

/** Where everything is kept unless `--bucket` says otherwise. */
export const DEFAULT_BUCKET = "recsys-bucket";

/** `--bucket PLACE`. */
export function bucketOption(): Option {
  return new Option(
    "--bucket <place>",
    "folder, or s3://bucket, that holds everything RecSys makes",
  ).default(DEFAULT_BUCKET);
}

/** The bucket at a place, under the configured prefix. */
export function openBucket(session: Session, place: string): Promise<Bucket> {
  return openAt(place, session.configuration().config.bucketPrefix);
}
