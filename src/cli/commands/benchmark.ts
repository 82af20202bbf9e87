import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Command, Option } from "commander";

import { type Protocol, PROTOCOLS, runBenchmark } from "../../recipe/index.ts";
import type { BenchmarkResult } from "../../schema/index.ts";
import { bytes, duration } from "../output/quantities.ts";
import { table } from "../output/table.ts";
import { viewFor } from "../progress/view-for.ts";
import type { OpenSession, Session } from "../session.ts";

interface BenchmarkFlags {
  /** `true` is `--json` without a file: the result goes to stdout. */
  readonly json?: string | true;
  readonly protocol: Protocol;
  readonly withoutFeatures?: true;
}

/** `recsys benchmark`: how good the model is on a folder of raw files, without a bucket. */
export function benchmarkCommand(open: OpenSession): Command {
  return new Command("benchmark")
    .description("train and evaluate on a data set and report the figures; nothing is kept")
    .argument("<dir>", "folder with the raw files, and test.tsv for a published split")
    .addOption(
      new Option("--protocol <name>", "how the data is divided").choices(PROTOCOLS).default("auto"),
    )
    .option("--without-features", "use interactions alone")
    .option("--json [file]", "write the result as JSON to the file, or to stdout without one")
    .addHelpText("after", EXAMPLES)
    .action(async (folder: string, flags: BenchmarkFlags, command: Command) => {
      const session = open(command);
      const useFeatures = flags.withoutFeatures !== true;
      const result = await measure(session, folder, flags.protocol, useFeatures);
      if (typeof flags.json === "string") {
        await writeFile(flags.json, `${JSON.stringify(result, null, 2)}\n`);
      }
      session.print(result, resultText(result));
    });
}

async function measure(
  session: Session,
  folder: string,
  protocol: Protocol,
  useFeatures: boolean,
): Promise<BenchmarkResult> {
  const { config } = session.configuration(
    useFeatures
      ? []
      : [{ path: ["training", "useFeatures"], value: false, origin: "--without-features" }],
  );
  const scratchFolder = await mkdtemp(join(tmpdir(), "recsys-benchmark-"));
  const view = viewFor(process.stderr);
  view.started("Benchmark");
  try {
    return await runBenchmark({
      folder,
      protocol,
      config,
      startedAtSeconds: Math.floor(Date.now() / 1000),
      scratchFolder,
      signal: session.signal,
      report: (progress) => {
        view.progressed("Benchmark", progress);
      },
    });
  } finally {
    view.close();
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

function resultText(result: BenchmarkResult): string {
  const names = Object.keys(result.model) as (keyof BenchmarkResult["model"])[];
  const row = (name: string, metrics: BenchmarkResult["model"]): string[] => [
    name,
    ...names.map((key) => {
      const { value, low, high } = metrics[key];
      return `${value.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
    }),
  ];
  const scorers = Object.entries(result.baselines).map(([name, metrics]) => row(name, metrics));
  const times = (seconds: Readonly<Record<string, number>>): string =>
    Object.entries(seconds)
      .map(([step, time]) => `${step} ${duration(time)}`)
      .join(", ");
  return [
    `${result.dataset}, protocol ${result.protocol}`,
    "",
    table(["", ...names], [row("model", result.model), ...scorers], ""),
    "",
    `Time: ${times(result.seconds)}; peak memory ${bytes(result.peakRssBytes)}`,
    `Fit of the baselines: ${times(result.baselineSeconds)}`,
  ].join("\n");
}

const EXAMPLES = `
Examples:
  recsys benchmark ./my-shop
  recsys benchmark ./gowalla --json result.json
  recsys benchmark ./my-shop --protocol cold-items --without-features`;
