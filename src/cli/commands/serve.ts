import { Command } from "commander";

import { bucketName, openAccount, stepFunctions } from "../../cloud/index.ts";
import type { PanelCloud } from "../../panel/server/index.ts";
import { engineOf } from "../../recipe/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { type Target, targetOption } from "../cloud/target-option.ts";
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
  readonly target: Target;
}

/** `recsys serve`: the REST API over what the bucket holds, with `--panel` the panel and the dashboard too. */
export function serveCommand(open: OpenSession): Command {
  const command = new Command("serve")
    .description("serve the recommendations over HTTP; newer ones are picked up as they come")
    .option("--panel", "serve the admin panel and the dashboard too")
    .addOption(targetOption())
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
        const cloud = panelCloud(options.target, bucket);
        await servePanel(session, bucket, { base, stateFolder, cloud, redis: options.redis });
        return;
      }
      if (options.target === "aws") throw new UsageError("--target aws needs --panel");
      if (options.panelState !== undefined || panelEntries(options).length > 0) {
        throw new UsageError("the options about the panel, the dashboard and TLS need --panel");
      }
      await serveUntilStopped(session, bucket, base.config.responder);
    });
}

/** What the panel works with in AWS; nothing on this machine. */
function panelCloud(target: Target, bucket: Bucket): PanelCloud | undefined {
  if (target === "local") return undefined;
  bucketName(bucket.url);
  const account = openAccount();
  return { account, engine: engineOf(stepFunctions(account)) };
}

const EXAMPLES = `
Examples:
  recsys serve
  recsys serve --bucket ./my-bucket --port 9000
  recsys serve --panel
  recsys serve --panel --target aws --bucket s3://my-bucket
  recsys serve --panel --host 0.0.0.0 --tls self-signed --dashboard-port 8081`;
