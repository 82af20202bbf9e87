import { createHash, timingSafeEqual } from "node:crypto";

import type { onRequestHookHandler } from "fastify";

import type { ResponderConfig } from "../schema/index.ts";
import { type ReadableBucket, readApiKeys } from "../storage/index.ts";
import { ApiProblem } from "./api-problem.ts";

/** The keys that `/recommend/*` accepts: those of the configuration and those that the panel keeps in the bucket. */
export interface AcceptedKeys {
  /** Is this one of them? Every digest is compared in constant time. */
  readonly accepts: (key: string) => boolean;
  /** Is there any? */
  readonly any: () => boolean;
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
  return {
    accepts(key) {
      const digest = createHash("sha256").update(key).digest();
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
    any: () => digests.length > 0,
    async refresh() {
      if (mode === "off") return;
      const made = await readApiKeys(bucket);
      digests = [...configured, ...made.map((key) => digestOf(key.sha256))];
    },
  };
}

/** Refuses requests without one of the accepted keys in `X-API-Key`. */
export function requireApiKey(keys: AcceptedKeys): onRequestHookHandler {
  return (request, _reply, done) => {
    const key = request.headers["x-api-key"];
    if (typeof key === "string" && keys.accepts(key)) done();
    else done(new ApiProblem("unauthorized", keys.any() ? UNAUTHORIZED : NO_KEYS));
  };
}

const UNAUTHORIZED = "the header X-API-Key must hold one of the configured keys";
const NO_KEYS =
  "the header X-API-Key must hold a key, and there is none yet: make one in the panel, or configure responder.apiKeys.sha256";

function digestOf(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}
