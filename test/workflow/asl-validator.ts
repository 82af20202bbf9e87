import { createRequire } from "node:module";

import type { JsonObject } from "../../src/workflow/index.ts";

/** The package has no types of its own. */
const validate = createRequire(import.meta.url)("asl-validator") as (definition: JsonObject) => {
  readonly errors: readonly unknown[];
};

/** What asl-validator finds wrong with a definition. */
export function aslErrors(definition: JsonObject): readonly unknown[] {
  return validate(definition).errors;
}
