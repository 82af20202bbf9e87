import { createHash, timingSafeEqual } from "node:crypto";

import type { onRequestHookHandler } from "fastify";

import type { ResponderConfig } from "../schema/index.ts";
import { type ReadableBucket, readApiKeys } from "../storage/index.ts";
import { ApiProblem } from "./api-problem.ts";

/** The keys that `/recommend/*` accepts: those of the configuration and those that the panel keeps in the bucket. */
export interface AcceptedKeys {
  /** Is this one of them? Every digest is compared in constant time. */
  readonly accepts: (key: string) => boolean;
  /** Is there any? `unknown` until the bucket could be read. */
  readonly any: () => boolean | "unknown";
  /** Looks into the bucket for what has been made or removed. */
  readonly refresh: () => Promise<void>;
}

/** The configuration's keys, and after the first refresh the bucket's too. */
export function acceptedKeys(
  bucket: ReadableBucket,
  { mode, sha256 }: ResponderConfig["apiKeys"],
): AcceptedKeys {
  const configured = sha256.map(digestOf);
  let digests = configured;
  let isRead = mode !== "required";
  return {
    accepts(key) {
      const digest = createHash("sha256").update(key).digest();
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
    any: () => digests.length > 0 || (isRead ? false : "unknown"),
    async refresh() {
      if (mode !== "required") return;
      const made = await readApiKeys(bucket);
      digests = [...configured, ...made.map((key) => digestOf(key.sha256))];
      isRead = true;
    },
  };
}

/** Refuses requests without one of the accepted keys in `X-API-Key`. */
export function requireApiKey(keys: AcceptedKeys): onRequestHookHandler {
  return (request, _reply, done) => {
    const key = request.headers["x-api-key"];
    if (typeof key === "string" && keys.accepts(key)) done();
    else done(refusal(keys.any()));
  };
}

function refusal(any: boolean | "unknown"): ApiProblem {
  if (any === "unknown") return new ApiProblem("nothing_served", UNREADABLE);
  return new ApiProblem("unauthorized", any ? UNAUTHORIZED : NO_KEYS);
}

const UNAUTHORIZED = "the header X-API-Key must hold one of the configured keys";
const NO_KEYS =
  "the header X-API-Key must hold a key, and there is none yet: make one in the panel, or configure responder.apiKeys.sha256";
const UNREADABLE = "which keys there are could not be read from the bucket; the log has the reason";

function digestOf(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}
