import { Option } from "commander";

import { UsageError } from "./usage-error.ts";

/** `--redis URL`, or the variable REDIS_URL: better for an address with a password, which lists of processes would show. */
export function redisOption(): Option {
  return new Option(
    "--redis <url>",
    "Redis or Valkey server where workers are met, redis://HOST:PORT; rediss:// with TLS",
  ).env("REDIS_URL");
}

/** @throws UsageError if nobody has said where Redis is */
export function requireRedis(redis: string | undefined): string {
  if (redis !== undefined) return redis;
  throw new UsageError("say where Redis is, with --redis redis://HOST:PORT or in REDIS_URL");
}
