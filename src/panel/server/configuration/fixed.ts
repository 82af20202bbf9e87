import { SETTINGS } from "../../../schema/index.ts";
import type { PanelContext } from "../context.ts";

/** The one field that is no setting: the bucket is given when the server is started. */
export const BUCKET_FIELD = "bucket";

/** What a running server cannot change about itself, whoever gave it. */
const OF_THE_SERVER = ["bucketPrefix", "responder.host", "responder.port", "panel", "reports"];

/**
 * The settings that no draft can change, and who has fixed them: the file, the environment and the flags, since
 * what they say counts wherever the configuration is read; and what a running server is bound to.
 */
export function fixedSettings({ bucket, base }: PanelContext): ReadonlyMap<string, string> {
  const fixed = new Map([[BUCKET_FIELD, `--bucket ${bucket.url}`]]);
  for (const { path } of SETTINGS) {
    const name = path.join(".");
    const origin = base.origins.get(name);
    const isOfTheServer = OF_THE_SERVER.some(
      (start) => name === start || name.startsWith(`${start}.`),
    );
    if (origin !== undefined) fixed.set(name, origin);
    else if (isOfTheServer) fixed.set(name, "set when the server was started");
  }
  return fixed;
}
