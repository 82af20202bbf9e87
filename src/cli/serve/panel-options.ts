import { resolve } from "node:path";

import { type Command, Option } from "commander";

import type { ConfigEntry } from "../../schema/index.ts";
import { isS3Url } from "../../storage/index.ts";
import { redisOption } from "../redis-option.ts";
import { UsageError } from "../usage-error.ts";

/** What the flags of {@link addPanelOptions} were. */
export interface PanelFlags {
  readonly panelState?: string;
  readonly redis?: string;
  readonly dashboardPort?: string;
  readonly tls?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** The options about the panel; all but the state's folder and Redis are settings of the section `panel`. */
export function addPanelOptions(command: Command): Command {
  return command
    .addOption(panelStateOption())
    .addOption(redisOption())
    .option("--dashboard-port <n>", "a second port where only the dashboard answers")
    .option("--tls <how>", "self-signed: with a certificate that is made and kept")
    .option("--tls-cert <file>", "with this certificate and its chain, in PEM")
    .option("--tls-key <file>", "the certificate's key, in PEM");
}

/** `--panel-state DIR`. */
export function panelStateOption(): Option {
  return new Option(
    "--panel-state <dir>",
    "folder of the panel's own state (default: .panel in the bucket's folder, recsys-panel for s3://)",
  );
}

/** Where the panel's state is: beside what the bucket holds, not within. */
export function panelStateFolder(given: string | undefined, bucket: string): string {
  return resolve(given ?? (isS3Url(bucket) ? "recsys-panel" : `${bucket}/.panel`));
}

/** The flags as settings. */
export function panelEntries(flags: PanelFlags): readonly ConfigEntry[] {
  const { dashboardPort, tls, tlsCert, tlsKey } = flags;
  const files = tlsCert !== undefined || tlsKey !== undefined;
  if (files && (tlsCert === undefined || tlsKey === undefined || tls !== undefined)) {
    throw new UsageError(
      "TLS with a certificate of yours needs --tls-cert FILE and --tls-key FILE; without one: --tls self-signed",
    );
  }
  return [
    ...(dashboardPort === undefined
      ? []
      : [entry("dashboardPort", numberIn(dashboardPort), `--dashboard-port ${dashboardPort}`)]),
    ...(tls === undefined ? [] : [entry("tls", tls, `--tls ${tls}`)]),
    ...(files ? [entry("tls", "files", "--tls-cert")] : []),
    ...(tlsCert === undefined ? [] : [entry("tlsCert", tlsCert, `--tls-cert ${tlsCert}`)]),
    ...(tlsKey === undefined ? [] : [entry("tlsKey", tlsKey, `--tls-key ${tlsKey}`)]),
  ];
}

function numberIn(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function entry(name: string, value: unknown, origin: string): ConfigEntry {
  return { path: ["panel", name], value, origin };
}
