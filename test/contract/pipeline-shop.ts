import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { FastifyInstance } from "fastify";

import { createResponder } from "../../src/responder/index.ts";
import { type ExecuteOptions, executeWorkflow, type WorkflowName } from "../../src/recipe/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { type Bucket, folderBucket } from "../../src/storage/index.ts";
import type { Outcome } from "../../src/workflow/index.ts";

export const SERVING = "batch_transform_inference_output";

/** Quick to train; a model this small need not beat popularity. */
export const QUICK = {
  training: { embeddingSize: 16, maxEpochs: 3 },
  evaluation: { bootstrapSamples: 100, gate: { threshold: 0, compareWithServed: false } },
};

/** A shop in a bucket of its own, executed by the product's own jobs. */
export interface PipelineShop {
  /** The bucket's folder on disk. */
  readonly folder: string;
  /** Where the raw files lie. */
  readonly raw: string;
  readonly bucket: Bucket;
  execute(
    workflow: WorkflowName,
    name: string,
    more?: Partial<ExecuteOptions> & { readonly settings?: object },
  ): Promise<Outcome>;
  /** What is served now; close it. */
  responder(): FastifyInstance;
  /** The cells of a CSV file of the served execution, without its header. */
  served(execution: string, file: string): string[][];
  remove(): void;
}

export function pipelineShop(settings: object = QUICK): PipelineShop {
  const folder = mkdtempSync(join(tmpdir(), "recsys-pipeline-"));
  const config = RecSysConfig.parse(settings);
  const bucket = folderBucket(folder, config.bucketPrefix);
  const raw = join(folder, config.bucketPrefix, "raw_data");
  mkdirSync(raw, { recursive: true });
  return {
    folder,
    raw,
    bucket,
    execute: (workflow, name, { settings: changed, ...more } = {}) =>
      executeWorkflow({
        bucket,
        workflow,
        name,
        config: changed === undefined ? config : RecSysConfig.parse({ ...settings, ...changed }),
        ...more,
      }),
    responder: () => createResponder({ bucket, config: config.responder }),
    served: (execution, file) =>
      rowsOf(join(folder, config.bucketPrefix, SERVING, execution, file)).slice(1),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The cells of a CSV file whose cells hold no comma. */
export function rowsOf(file: string): string[][] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => line.split(","));
}

/** Adds a row to a shop's interactions. */
export function addInteraction(raw: string, user: string, item: string, at: number): void {
  const id = `added-${user}-${item}`;
  const row = [id, user, item, "1", "search", String(at)].join(",");
  appendFileSync(join(raw, "user_item_interactions.csv"), `${row}\n`);
}
