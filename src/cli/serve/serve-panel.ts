import { once } from "node:events";
import { isIP } from "node:net";
import { fileURLToPath } from "node:url";

import { pino } from "pino";

import { type PanelCloud, type RunningSite, serveSite } from "../../panel/server/index.ts";
import type { ResolvedConfig } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import type { Session } from "../session.ts";
import { version } from "../../jobs/index.ts";
import { exampleCalls } from "./example-calls.ts";
import { exampleLines } from "./serve-until-stopped.ts";

/** What Vite makes of `src/panel/web`. */
const PAGES = fileURLToPath(new URL("../../../build/panel", import.meta.url));

/** What the panel is served with. */
interface PanelServing {
  readonly base: ResolvedConfig;
  readonly stateFolder: string;
  /** The AWS account of the stacks, where they are not on this machine. */
  readonly cloud?: PanelCloud | undefined;
  /** Where the workers are met that run the jobs, if the configuration's runner is bullmq. */
  readonly redis?: string | undefined;
}

/**
 * Serves the panel, the dashboard and the API until the user stops it; prints where they are once they answer, and with
 * `--json` also the `results` of what the command did before.
 */
export async function servePanel(
  session: Session,
  bucket: Bucket,
  options: PanelServing,
  results: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { base, stateFolder, cloud, redis } = options;
  session.signal.throwIfAborted();
  warnOfPlainNetwork(session, base);
  const site = await serveSite({
    bucket,
    base,
    stateFolder,
    pagesFolder: PAGES,
    version: version(),
    log: pino({ level: "warn" }, pino.destination(2)),
    clock: () => new Date(),
    redis,
    ...(cloud === undefined ? {} : { cloud }),
  });
  try {
    const url = base.config.panel.publicUrl ?? site.url;
    const shown = {
      url,
      panel: url,
      dashboard: site.dashboardUrl ?? `${url}/dashboard`,
      docs: `${url}/docs`,
      examples: (await exampleCalls(bucket)).map((path) => url + path),
      ...(site.setup === undefined ? {} : { setup: site.setup }),
      ...(site.fingerprint === undefined ? {} : { certificateSha256: site.fingerprint }),
    };
    session.print({ ...results, ...shown }, welcome(shown, site));
    if (!session.signal.aborted) await once(session.signal, "abort");
  } finally {
    await site.close();
  }
}

interface Shown {
  readonly url: string;
  readonly dashboard: string;
  readonly docs: string;
  readonly examples: readonly string[];
}

function welcome(shown: Shown, { setup, fingerprint }: RunningSite): string {
  const first =
    setup === undefined
      ? []
      : [
          "Nobody can log in yet. This link makes you the admin; it works once, for 24 hours:",
          `  ${setup.link}`,
          "",
        ];
  const tls = fingerprint === undefined ? [] : [`Certificate  SHA-256 ${fingerprint}`];
  return [
    `Panel        ${shown.url}`,
    `Dashboard    ${shown.dashboard}`,
    `API          ${shown.docs}`,
    ...tls,
    "",
    ...first,
    ...exampleLines(shown.examples),
    "",
    "Ctrl-C stops.",
  ].join("\n");
}

function warnOfPlainNetwork({ note }: Session, { config }: ResolvedConfig): void {
  const { host } = config.responder;
  const { tls, publicUrl } = config.panel;
  if (isLoopback(host) || tls !== "off" || publicUrl?.startsWith("https:") === true) return;
  note(
    `Warning: the panel listens on ${host} without TLS: whoever is on the network can read passwords. ` +
      "Use --tls self-signed or --tls-cert and --tls-key, or put a proxy with TLS before it (docs/panel.md).",
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
