import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command } from "commander";

import {
  daysPeriod,
  lastCompleteWeek,
  makeReport,
  type ReportPeriod,
  ReportPeriodError,
  periodWords,
  weekPeriod,
} from "../../report/index.ts";
import type { DashboardDescription } from "../../schema/index.ts";
import { absolutePlace } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { fileDestination } from "../output/destination.ts";
import type { OpenSession } from "../session.ts";
import { UsageError } from "../usage-error.ts";

interface ReportFlags {
  readonly bucket: string;
  readonly week?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
}

/** `recsys report`: the figures of a week against the week before, as one page to read, to print and to send on. */
export function reportCommand(open: OpenSession): Command {
  return new Command("report")
    .description("write the figures of a week as one HTML page, to read, print or send on")
    .option("--week <week>", "the week, such as 2026-W47 (default: the last whole one of the data)")
    .option("--from <day>", "with --to: these days instead, such as 2026-11-16")
    .option("--to <day>", "the last of them")
    .option("--output <file>", "where to, here or in S3 (default: recsys-report-<week>.html)")
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(async (options: ReportFlags, command: Command) => {
      const session = open(command);
      const bucket = await openBucket(session, options.bucket);
      const wanted = wantedPeriod(options);
      const scratchFolder = await mkdtemp(join(tmpdir(), "recsys-report-"));
      try {
        const report = await makeReport(bucket, (there) => wanted ?? lastWeek(there), {
          scratchFolder,
          now: new Date(),
        });
        session.signal.throwIfAborted();
        const { name, from, to } = report.period;
        const place = absolutePlace(options.output ?? `recsys-report-${name}.html`);
        const [folder, fileName] = await fileDestination(place);
        await folder.write(fileName, [Buffer.from(report.html)], session.signal);
        session.print(
          { file: place, name, from, to, sentences: report.sentences },
          [periodWords(report.period), ...report.sentences, "", place].join("\n"),
        );
      } finally {
        await rm(scratchFolder, { recursive: true, force: true });
      }
    });
}

/** The days that the flags name; `undefined` where they name none. */
function wantedPeriod({ week, from, to }: ReportFlags): ReportPeriod | undefined {
  if (week !== undefined) {
    if (from === undefined && to === undefined) return weekPeriod(week);
    throw new UsageError("--week and --from with --to are two ways to say the same: give one");
  }
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined) return daysPeriod(from, to);
  throw new UsageError("--from and --to are needed together");
}

function lastWeek(there: DashboardDescription): ReportPeriod {
  const week = lastCompleteWeek(there);
  if (week !== undefined) return week;
  const { firstDay, lastDay } = there;
  throw new ReportPeriodError(
    firstDay === null || lastDay === null
      ? "the interactions have no timestamps, so that there are no weeks; add them to user_item_interactions.csv and execute the collector again"
      : `the data go from ${firstDay} to ${lastDay} and hold no whole week from Monday to Sunday; choose days with --from and --to`,
  );
}

const EXAMPLES = `
Examples:
  recsys report
  recsys report --week 2026-W47 --output weekly.html
  recsys report --from 2026-11-01 --to 2026-11-30 --bucket ./my-bucket`;
