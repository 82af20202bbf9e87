import type { ResponderConfig } from "../schema/index.ts";

/** Must callers of `/recommend/*` send a key? */
export type KeyRule = "off" | "required";

/**
 * The configuration with its rule decided: what it says itself, else `otherwise`. On one machine nobody but its users
 * reaches the API, so no key is asked for; in AWS the whole internet does.
 */
export function withKeyRule(config: ResponderConfig, otherwise: KeyRule): ResponderConfig {
  const { apiKeys } = config;
  return { ...config, apiKeys: { ...apiKeys, mode: apiKeys.mode ?? otherwise } };
}
