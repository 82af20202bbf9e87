import { Command, Option } from "commander";

import { makeLink, openPanelState } from "../../panel/server/index.ts";
import { type Role, ROLES } from "../../schema/index.ts";
import { bucketOption } from "../bucket-option.ts";
import { panelStateFolder, panelStateOption } from "../serve/panel-options.ts";
import type { OpenSession } from "../session.ts";
import { UsageError } from "../usage-error.ts";

interface InviteFlags {
  readonly role?: Role;
  readonly for?: string;
  readonly url?: string;
  readonly bucket: string;
  readonly panelState?: string;
}

/** `recsys invite`: a one-time link into the panel, for who has lost the password or the first link. */
export function inviteCommand(open: OpenSession): Command {
  return new Command("invite")
    .description("make a one-time link into the panel, for somebody new or for a lost password")
    .addOption(new Option("--role <role>", "what the person may do").choices(ROLES))
    .option("--for <name>", "somebody who is there already and gets a new password")
    .option("--url <url>", "where the panel answers (default: as configured)")
    .addOption(bucketOption())
    .addOption(panelStateOption())
    .addHelpText("after", EXAMPLES)
    .action((options: InviteFlags, command: Command) => {
      const session = open(command);
      const { config } = session.configuration();
      const state = openPanelState(
        panelStateFolder(options.panelState, options.bucket),
        config.panel,
      );
      try {
        const { for: name } = options;
        const known = name === undefined ? undefined : state.people.find(name);
        if (name !== undefined && known === undefined) {
          const names = state.people.list().map((person) => person.name);
          throw new UsageError(
            `--for ${name}: there is nobody of this name; there are ${names.join(", ") || "none"}`,
          );
        }
        const role = options.role ?? known?.role;
        if (role === undefined) throw new UsageError("--role is needed for somebody new");
        const { host, port } = config.responder;
        const scheme = config.panel.tls === "off" ? "http" : "https";
        const url = options.url ?? config.panel.publicUrl ?? `${scheme}://${host}:${port}`;
        const now = new Date();
        const by = "recsys invite";
        const made = makeLink(state, url.replace(/\/$/, ""), {
          role,
          by,
          now,
          ...(known === undefined ? {} : { person: known.name }),
        });
        const subject = known?.name ?? role;
        state.audit.add({ person: by, action: "invite", subject, detail: "" }, now);
        session.print(
          { ...made, role, person: known?.name ?? null },
          `This link works once, for 24 hours:\n  ${made.link}`,
        );
      } finally {
        state.close();
      }
    });
}

const EXAMPLES = `
Examples:
  recsys invite --role viewer
  recsys invite --for ada
  recsys invite --role admin --url https://recsys.example.com`;
