import { Command, CommanderError, Option } from "commander";

import { benchmarkCommand } from "./commands/benchmark.ts";
import { burnCommand } from "./commands/burn.ts";
import { configCommand } from "./commands/config.ts";
import { deployCommand } from "./commands/deploy.ts";
import { exportCommand } from "./commands/export.ts";
import { exportModelCommand } from "./commands/export-model.ts";
import { serveCommand } from "./commands/serve.ts";
import { executeCommand } from "./commands/execute.ts";
import { inviteCommand } from "./commands/invite.ts";
import { promoteCommand } from "./commands/promote.ts";
import { reportCommand } from "./commands/report.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { sampleCommand } from "./commands/sample.ts";
import { statusCommand } from "./commands/status.ts";
import { stopCommand } from "./commands/stop.ts";
import { upCommand } from "./commands/up.ts";
import { validateCommand } from "./commands/validate.ts";
import { workerCommand } from "./commands/worker.ts";
import { workersCommand } from "./commands/workers.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import { renderError } from "./render-error.ts";
import { type OpenSession, sessions } from "./session.ts";
import { version } from "../jobs/index.ts";

/** In the order of the help: the path of the data. */
const COMMANDS = [
  upCommand,
  sampleCommand,
  validateCommand,
  deployCommand,
  executeCommand,
  stopCommand,
  workerCommand,
  workersCommand,
  serveCommand,
  exportCommand,
  exportModelCommand,
  statusCommand,
  reportCommand,
  promoteCommand,
  rollbackCommand,
  burnCommand,
  inviteCommand,
  benchmarkCommand,
  configCommand,
];

/** Runs one command line. */
export async function runProgram(args: readonly string[], signal: AbortSignal): Promise<number> {
  const program = createProgram(sessions(signal));
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (thrown) {
    // A command that is stopped may fail with any error; what happened is that it was stopped.
    const error: unknown = signal.aborted ? signal.reason : thrown;
    const rendered = renderError(error, args.includes("--verbose"));
    // Commander has printed its own message already; asking for help is no failure.
    if (!(error instanceof CommanderError)) process.stderr.write(`${rendered.text}\n`);
    if (args.includes("--json") && rendered.exitCode !== 0) {
      process.stdout.write(`${JSON.stringify(rendered.json, null, 2)}\n`);
    }
    return rendered.exitCode;
  }
}

/** The command line with all its commands. */
export function createProgram(open: OpenSession): Command {
  const program = new Command("recsys")
    .description("From three raw files to recommendations over HTTP.")
    .version(version(), "-V, --version", "print the version")
    .enablePositionalOptions()
    .addHelpText("after", `\n${EXAMPLES}\n\n${exitCodesHelp()}`);
  for (const command of COMMANDS) program.addCommand(command(open));
  return configured(program);
}

/**
 * The options that every command has, before its name or after; `benchmark` has a `--json` of its own.
 * Commands made on their own do not inherit the rest from the program either.
 */
function configured(command: Command): Command {
  command.exitOverride().showHelpAfterError(`(add --help for how it is used)`);
  for (const option of commonOptions()) {
    const isKnown = command.options.some(({ long }) => long === option.long);
    if (!isKnown) command.addOption(option);
  }
  for (const sub of command.commands) configured(sub);
  return command;
}

function commonOptions(): readonly Option[] {
  return [
    new Option(
      "--config <file>",
      "configuration file (default: recsys.config.json if there is one)",
    ),
    new Option("--set <name=value>", "one setting, such as training.seed=7; repeatable").argParser(
      collect,
    ),
    new Option("--json", "print the result as JSON, and nothing else, on stdout"),
    new Option("--verbose", "show where in the program an error arose"),
  ];
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

const EXAMPLES = `Examples:
  recsys up                            a sample shop, from nothing to answers over HTTP
  recsys up --data ./my-shop           the same with your files
  recsys validate ./my-shop            only check them
  recsys status                        what is served, what has run`;
