import { CommanderError } from "commander";

import { awsTrouble, NoRegionError, ParameterError } from "../cloud/index.ts";
import { ExecutionEndedError, ExecutionRunningError } from "../recipe/index.ts";
import { NoFiguresError } from "../kpi/index.ts";
import { ReportPeriodError } from "../report/index.ts";
import { ConfigError, type ConfigProblem, DataError } from "../schema/index.ts";
import { ExecutionFailedError } from "./execute/execution-failed.ts";
import { EXIT } from "./exit-codes.ts";
import { Interrupted } from "./interrupt.ts";
import { UsageError } from "./usage-error.ts";

/** A failure as a person reads it, as a script reads it, and the status to exit with. */
export interface RenderedError {
  readonly exitCode: number;
  /** Lines for the terminal, without a stack. */
  readonly text: string;
  readonly json: {
    readonly error: {
      readonly exitCode: number;
      readonly message: string;
      readonly problems?: readonly ConfigProblem[];
    };
  };
}

/** The one place where errors become messages and exit codes. */
export function renderError(error: unknown, verbose: boolean): RenderedError {
  const exitCode = exitCodeOf(error);
  const message = error instanceof Error ? explained(error) : String(error);
  const stack = verbose && error instanceof Error ? `\n${stackOf(error)}` : "";
  const problems = error instanceof ConfigError ? { problems: error.problems } : {};
  return {
    exitCode,
    text: `recsys: ${message}${stack}`,
    json: { error: { exitCode, message, ...problems } },
  };
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage.code;
  if (error instanceof UsageError || error instanceof ConfigError) return EXIT.usage.code;
  if (error instanceof NoRegionError || error instanceof ParameterError) return EXIT.usage.code;
  if (error instanceof ReportPeriodError) return EXIT.usage.code;
  if (error instanceof ExecutionRunningError) return EXIT.running.code;
  if (error instanceof ExecutionEndedError) return EXIT.ended.code;
  if (error instanceof DataError || error instanceof NoFiguresError) return EXIT.badData.code;
  if (error instanceof ExecutionFailedError && error.isBadData) return EXIT.badData.code;
  return EXIT.failure.code;
}

function explained(error: Error): string {
  if (error instanceof ConfigError) {
    const count = error.problems.length;
    const title = `the configuration has ${count === 1 ? "a problem" : `${count} problems`}`;
    return [`${title}:`, ...error.message.split("\n").map((line) => `  ${line}`)].join("\n");
  }
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE" && "port" in error) {
    return `port ${String(error.port)} is in use; stop the program that uses it or choose another with --port (0 picks a free one)`;
  }
  if (code === "EACCES" && "port" in error) {
    return `port ${String(error.port)} may not be opened by this user; choose one above 1023 with --port`;
  }
  return awsTrouble(error) ?? error.message;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
