import { ApiProblem } from "./api-problem.ts";
import type { Served } from "./served.ts";

/** Why nothing can be answered, and what to do. */
export function nothingServed({ hasFailed }: Served): ApiProblem {
  return new ApiProblem("nothing_served", hasFailed ? UNREADABLE : NOTHING_YET);
}

/** What was served is no longer in the bucket, and nothing has taken its place. */
export function noLongerThere(): ApiProblem {
  return new ApiProblem("nothing_served", GONE);
}

const NOTHING_YET =
  "no recommendations are served yet: execute the collector and then the core " +
  "(recsys execute collector, recsys execute core), or point the responder at a bucket where that was done";

/** Not what the bucket said: that is for those who run it, not for callers. */
const UNREADABLE =
  "no recommendations are served: those that the bucket names could not be read; the log has the reason";

const GONE =
  "the recommendations that were served are no longer in the bucket: execute the core again, or roll back (recsys rollback)";
