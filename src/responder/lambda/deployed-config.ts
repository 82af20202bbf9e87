import { z } from "zod";

import { ResponderConfig } from "../../schema/index.ts";
import type { ReadableBucket } from "../../storage/index.ts";

/** Of a frozen configuration (`recipe` writes it) what the responder needs; the rest may be another version's. */
const Snapshot = z.object({ config: z.object({ responder: ResponderConfig }) });

/**
 * The responder's configuration as it was deployed under a number.
 *
 * @param bucket - that holds `deployments/`
 * @param number - `0`: nothing was deployed, the defaults count
 */
export async function deployedConfig(
  bucket: ReadableBucket,
  number: string,
): Promise<ResponderConfig> {
  if (number === "0") return ResponderConfig.parse({});
  const bytes = await bucket.read(`deployments/responder/${number}.json`);
  return Snapshot.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).config.responder;
}
