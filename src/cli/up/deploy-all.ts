import { isDeepStrictEqual } from "node:util";

import { deployStack, readDeployment } from "../../recipe/index.ts";
import { type RecSysConfig, STACKS } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import type { Session } from "../session.ts";

const BY = "recsys up";

/**
 * Records the configuration as the deployment of each stack that has none, so that the panel shows what there is. What
 * an earlier `up` has recorded is brought up to date; what somebody has deployed in the panel stays, and is told when it
 * answers otherwise than this command line asks for.
 *
 * @param session - of the command
 * @param bucket - whose stacks they are
 * @param config - of this run
 */
export async function deployAll(
  session: Session,
  bucket: Bucket,
  config: RecSysConfig,
): Promise<void> {
  for (const stack of STACKS) {
    const deployed = await readDeployment(bucket, stack);
    if (deployed !== undefined && isDeepStrictEqual(deployed.config, config)) continue;
    if (deployed === undefined || deployed.deployedBy === BY) {
      await deployStack(bucket, stack, config, { by: BY, at: new Date() });
    } else if (stack === "responder" && !answersAlike(deployed.config, config)) {
      session.note(
        `The responder answers as ${deployed.deployedBy} has deployed it in the panel, which differs from this ` +
          "configuration; deploy it again there to change that.",
      );
    }
  }
}

/** Is all the same but where the API listens, which is not the deployment's to say? */
function answersAlike(deployed: RecSysConfig, config: RecSysConfig): boolean {
  const { host, port } = config.responder;
  return isDeepStrictEqual({ ...deployed.responder, host, port }, config.responder);
}
