import type { Command } from "commander";

import type { ConfigEntry } from "../../schema/index.ts";

/** What the flags of {@link addAddressOptions} were. */
export interface AddressFlags {
  readonly host?: string;
  readonly port?: string;
}

/** `--host` and `--port`, which are `responder.host` and `responder.port`. */
export function addAddressOptions(command: Command): Command {
  return command
    .option("--port <n>", "port to listen on, 0 for a free one (default: 8080)")
    .option("--host <address>", "address to listen on (default: 127.0.0.1)");
}

/** The flags as settings. */
export function addressEntries({ host, port }: AddressFlags): readonly ConfigEntry[] {
  const isNumber = port !== undefined && /^\d+$/.test(port);
  return [
    ...(port === undefined
      ? []
      : [entry("port", isNumber ? Number(port) : port, `--port ${port}`)]),
    ...(host === undefined ? [] : [entry("host", host, `--host ${host}`)]),
  ];
}

function entry(name: string, value: unknown, origin: string): ConfigEntry {
  return { path: ["responder", name], value, origin };
}
