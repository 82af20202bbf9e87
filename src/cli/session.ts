import type { Command } from "commander";

import type { ConfigEntry, ResolvedConfig } from "../schema/index.ts";
import { loadConfiguration } from "./configuration.ts";

/** What every command has at hand while it runs. */
export interface Session {
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Prints the command's one result on stdout: the value with `--json`, else the text. */
  readonly print: (result: unknown, text: string) => void;
  /** A line for the user that is no result: always on stderr. */
  readonly note: (line: string) => void;
  /** The configuration; `dedicated` are settings from the command's own flags. */
  readonly configuration: (dedicated?: readonly ConfigEntry[]) => ResolvedConfig;
}

/** Opens the session of a command that is about to run, from its global options. */
export type OpenSession = (command: Command) => Session;

/** The options that every command takes. */
interface GlobalOptions {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly json?: true;
}

/** Sessions of one run of the program. */
export function sessions(signal: AbortSignal): OpenSession {
  return (command) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    return {
      signal,
      print(result, text) {
        const shown = options.json === true ? JSON.stringify(result, null, 2) : text;
        process.stdout.write(`${shown}\n`);
      },
      note(line) {
        process.stderr.write(`${line}\n`);
      },
      configuration: (dedicated) => loadConfiguration(options, dedicated),
    };
  };
}
