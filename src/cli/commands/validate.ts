import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command } from "commander";

import { reportLines, validateRawFiles } from "../../collector/index.ts";
import type { CollectorReport } from "../../schema/index.ts";
import { EXIT } from "../exit-codes.ts";
import { viewFor } from "../progress/view-for.ts";
import type { OpenSession, Session } from "../session.ts";

/** `recsys validate`: what the collector would find in raw files, without a bucket. */
export function validateCommand(open: OpenSession): Command {
  return new Command("validate")
    .description("check raw files and report what the collector would make of them")
    .argument("<place>", "folder or s3://… with the raw files")
    .addHelpText("after", EXAMPLES)
    .action(async (folder: string, _options: unknown, command: Command) => {
      const session = open(command);
      const report = await validate(session, folder);
      session.print(report, reportLines(report).join("\n"));
      if (report.failures.length > 0) process.exitCode = EXIT.badData.code;
    });
}

async function validate(session: Session, folder: string): Promise<CollectorReport> {
  const { config } = session.configuration();
  const scratchFolder = await mkdtemp(join(tmpdir(), "recsys-validate-"));
  const view = viewFor(process.stderr);
  view.started("Validate");
  try {
    return await validateRawFiles(folder, {
      config,
      startedAtSeconds: Math.floor(Date.now() / 1000),
      signal: session.signal,
      report: (progress) => {
        view.progressed("Validate", progress);
      },
      scratchFolder,
    });
  } finally {
    view.close();
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

const EXAMPLES = `
Examples:
  recsys validate ./shop
  recsys validate ./shop --set collector.header=present --json`;
