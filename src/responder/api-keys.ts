import { createHash, timingSafeEqual } from "node:crypto";

import type { onRequestHookHandler } from "fastify";

import type { ResponderConfig } from "../schema/index.ts";
import { ApiProblem } from "./api-problem.ts";

/**
 * Refuses requests without one of the configured keys in `X-API-Key`. The configuration holds only the
 * keys' SHA-256; every digest is compared in constant time.
 */
export function requireApiKey({ sha256 }: ResponderConfig["apiKeys"]): onRequestHookHandler {
  const digests = sha256.map((hex) => Buffer.from(hex, "hex"));
  return (request, _reply, done) => {
    const key = request.headers["x-api-key"];
    const digest = createHash("sha256").update(String(key)).digest();
    const matches = digests.filter((known) => timingSafeEqual(known, digest));
    if (typeof key === "string" && matches.length > 0) done();
    else done(new ApiProblem("unauthorized", UNAUTHORIZED));
  };
}

const UNAUTHORIZED = "the header X-API-Key must hold one of the configured keys";
