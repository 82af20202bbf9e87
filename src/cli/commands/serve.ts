import { Command } from "commander";

import { bucketOption, openBucket } from "../bucket-option.ts";
import { addAddressOptions, addressEntries, type AddressFlags } from "../serve/address-options.ts";
import {
  addPanelOptions,
  panelEntries,
  type PanelFlags,
  panelStateFolder,
} from "../serve/panel-options.ts";
import { servePanel } from "../serve/serve-panel.ts";
import { serveUntilStopped } from "../serve/serve-until-stopped.ts";
import type { OpenSession } from "../session.ts";
import { UsageError } from "../usage-error.ts";

interface ServeFlags extends AddressFlags, PanelFlags {
  readonly bucket: string;
  readonly panel?: true;
}

/** `recsys serve`: the REST API over what the bucket holds, with `--panel` the panel and the dashboard too. */
export function serveCommand(open: OpenSession): Command {
  const command = new Command("serve")
    .description("serve the recommendations over HTTP; newer ones are picked up as they come")
    .option("--panel", "serve the admin panel and the dashboard too")
    .addOption(bucketOption());
  return addPanelOptions(addAddressOptions(command))
    .addHelpText("after", EXAMPLES)
    .action(async (options: ServeFlags, command: Command) => {
      const session = open(command);
      const entries = [...addressEntries(options), ...panelEntries(options)];
      const base = session.configuration(entries);
      const bucket = await openBucket(session, options.bucket);
      if (options.panel === true) {
        const stateFolder = panelStateFolder(options.panelState, options.bucket);
        await servePanel(session, bucket, { base, stateFolder });
        return;
      }
      if (options.panelState !== undefined || panelEntries(options).length > 0) {
        throw new UsageError("the options about the panel, the dashboard and TLS need --panel");
      }
      await serveUntilStopped(session, bucket, base.config.responder);
    });
}

const EXAMPLES = `
Examples:
  recsys serve
  recsys serve --bucket ./my-bucket --port 9000
  recsys serve --panel
  recsys serve --panel --host 0.0.0.0 --tls self-signed --dashboard-port 8081`;
