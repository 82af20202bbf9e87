import type { FastifyBaseLogger } from "fastify";

import type { ResponderConfig } from "../schema/index.ts";
import type { AcceptedKeys } from "./api-keys.ts";
import type { Served } from "./served.ts";

/** What the app answers from. */
export interface AppParts {
  readonly served: Served;
  readonly keys: AcceptedKeys;
  readonly config: ResponderConfig;
  readonly log: FastifyBaseLogger;
}
