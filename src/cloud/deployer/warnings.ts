import type { RecSysConfig } from "../../schema/index.ts";

/** What is allowed in AWS and hardly meant, in words. */
export function cloudWarnings({ responder }: RecSysConfig): readonly string[] {
  return responder.apiKeys.mode === "off" ? [OPEN] : [];
}

const OPEN =
  "responder.apiKeys.mode is off: whoever learns the API's address may call it, and you pay for the calls. Not set, or required, callers need a key, which the panel's page API makes.";
