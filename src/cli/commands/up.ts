import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { Command } from "commander";

import { absolutePlace, type Bucket, isS3Url, readPointer } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { copyRawFiles, rawFilesIn } from "../execute/raw-copy.ts";
import { executionPlace } from "../execute/execution-place.ts";
import { type ExecutionRequest, runExecution } from "../execute/run-execution.ts";
import { collectorSummary, coreSummary } from "../execute/summary.ts";
import { EXIT } from "../exit-codes.ts";
import { addAddressOptions, addressEntries, type AddressFlags } from "../serve/address-options.ts";
import {
  addPanelOptions,
  panelEntries,
  type PanelFlags,
  panelStateFolder,
} from "../serve/panel-options.ts";
import { servePanel } from "../serve/serve-panel.ts";
import type { OpenSession, Session } from "../session.ts";
import { deployAll } from "../up/deploy-all.ts";
import { requireFreePort } from "../up/free-port.ts";
import { type OwnData, ownData, requireReplaceable } from "../up/own-data.ts";
import { type Plan, planOwn, planUp } from "../up/plan.ts";
import { makeSampleShop } from "../sample/make-sample-shop.ts";

interface UpFlags extends AddressFlags, PanelFlags {
  readonly bucket: string;
  readonly data?: string;
}

/** `recsys up`: from raw files, or from nothing, to the panel and to answers over HTTP. */
export function upCommand(open: OpenSession): Command {
  const command = new Command("up")
    .description("run everything that is missing, then serve; without data, on a sample shop")
    .option(
      "--data <place>",
      "folder or s3://… with the raw files (default: a sample shop is made)",
    )
    .addOption(bucketOption());
  return addPanelOptions(addAddressOptions(command))
    .addHelpText("after", EXAMPLES)
    .action(async (options: UpFlags, command: Command) => {
      const session = open(command);
      const base = session.configuration([...addressEntries(options), ...panelEntries(options)]);
      const { config } = base;
      const { host, port } = config.responder;
      await requireFreePort(host, port);
      if (config.panel.dashboardPort !== undefined) {
        await requireFreePort(host, config.panel.dashboardPort);
      }
      const bucket = await openBucket(session, options.bucket);
      // Beside the bucket's folder; of a bucket in S3: here.
      const beside = isS3Url(options.bucket) ? "." : dirname(resolve(options.bucket));
      const sample = join(beside, "recsys-data");
      const own =
        options.data === undefined ? await ownData(bucket, sample, session.signal) : undefined;
      const place = executionPlace({ target: "local", redis: options.redis }, bucket);
      const plan =
        own === undefined
          ? await planCopy(session, bucket, options.data ?? (await sampleFolder(session, sample)))
          : await planOwn(bucket, own.missing.length === 0, new Date());
      if (own !== undefined) session.note(ownWords(own, plan));
      const results = await carryOut(session, { bucket, config, place }, plan, own);
      const isServable =
        (await readPointer(bucket, "batch_transform_inference_output")) !== undefined;
      // Files that somebody is still uploading: the panel is where to go on.
      const waitsForFiles = own !== undefined && plan.core === undefined;
      if (!isServable && !waitsForFiles) {
        session.print(results, "There is nothing to serve.");
        process.exitCode = EXIT.rejected.code; // any other end has thrown
        return;
      }
      await deployAll(session, bucket, config);
      const stateFolder = panelStateFolder(options.panelState, options.bucket);
      await servePanel(session, bucket, { base, stateFolder, redis: options.redis }, results);
    });
}

/** What is to be run for the files of a folder, which are copied in if need be. */
async function planCopy(session: Session, bucket: Bucket, folder: string): Promise<Plan> {
  const files = await rawFilesIn(folder, session.signal);
  const plan = await planUp(bucket, files, new Date());
  if (plan.collector?.copy === true) {
    await requireReplaceable(bucket, files, session.signal);
    const from = absolutePlace(folder);
    await copyRawFiles(bucket, folder, { execution: plan.collector.name, files, from });
  }
  return plan;
}

/** What `up` does with raw files that it has not copied in. */
function ownWords({ files, missing }: OwnData, { collector }: Plan): string {
  const kept = `The bucket has raw files that "recsys up" has not put there (${files.join(", ")}); they stay as they are`;
  if (collector !== undefined) return `${kept}, and are collected now.`;
  if (missing.length > 0) return `${kept}; still missing: ${missing.join(", ")}.`;
  return `${kept}. If they are newer than what is served, execute the collector and the core.`;
}

/** Runs what the plan says; the results by workflow. */
async function carryOut(
  session: Session,
  { bucket, config, place }: Pick<ExecutionRequest, "bucket" | "config" | "place">,
  plan: Plan,
  own: OwnData | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  if (plan.core === undefined && own === undefined) {
    session.note("The data has not changed: serving what was made from it before.");
  }
  const results: Record<string, unknown> = {};
  for (const workflow of ["collector", "core"] as const) {
    const step = plan[workflow];
    if (step === undefined) continue;
    const request = { bucket, workflow, name: step.name, config, place };
    const execution = await runExecution(session, request);
    const summarize = workflow === "collector" ? collectorSummary : coreSummary;
    const { result, text } = await summarize(bucket, config, execution);
    session.note(`\n${text}\n`);
    results[workflow] = result;
  }
  return results;
}

/** The sample shop beside the bucket, made when it is not there yet. */
async function sampleFolder(session: Session, folder: string): Promise<string> {
  if ((await stat(folder).catch(() => undefined)) === undefined) {
    session.note(`No --data given: making a sample shop in ${folder}`);
    await makeSampleShop(session, folder);
  }
  return folder;
}

const EXAMPLES = `
Examples:
  recsys up
  recsys up --data ./my-shop
  recsys up --data ./my-shop --bucket ./my-bucket --port 9000`;
