import { Command } from "commander";

import { bucketOption, openBucket } from "../bucket-option.ts";
import { addAddressOptions, addressEntries, type AddressFlags } from "../serve/address-options.ts";
import { serveUntilStopped } from "../serve/serve-until-stopped.ts";
import type { OpenSession } from "../session.ts";

/** `recsys serve`: the REST API over what the bucket holds. */
export function serveCommand(open: OpenSession): Command {
  return addAddressOptions(
    new Command("serve")
      .description("serve the recommendations over HTTP; newer ones are picked up as they come")
      .addOption(bucketOption()),
  )
    .addHelpText("after", EXAMPLES)
    .action(async (options: AddressFlags & { bucket: string }, command: Command) => {
      const session = open(command);
      const { config } = session.configuration(addressEntries(options));
      await serveUntilStopped(session, openBucket(session, options.bucket), config.responder);
    });
}

const EXAMPLES = `
Examples:
  recsys serve
  recsys serve --bucket ./my-bucket --port 9000`;
