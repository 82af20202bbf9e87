import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import type { Job } from "./request.ts";

/** `resourceconfig.json`: which of the job's hosts this one is. */
const ResourceConfig = z.object({ current_host: z.string(), hosts: z.array(z.string()).min(1) });
type ResourceConfig = z.infer<typeof ResourceConfig>;
const HyperParameters = z.record(z.string(), z.string());

/** The longest `output/message` that SageMaker gives back as ExitMessage, in bytes. */
const MESSAGE_BYTES = 1024;

/**
 * The files between a job and whoever runs it, under a root that is `/opt/ml` in SageMaker.
 *
 * A processing job finds `config/{resourceconfig,processingjobconfig}.json`, a training job
 * `input/config/{resourceconfig,hyperparameters}.json`. Either leaves its last words in
 * `output/message` or `output/failure`.
 */
export class MlRoot {
  readonly folder: string;
  readonly failure: string;
  readonly message: string;

  constructor(folder: string) {
    this.folder = folder;
    this.failure = join(folder, "output", "failure");
    this.message = join(folder, "output", "message");
  }

  /** Writes what a host of a job is told. */
  writeConfig(job: Job, resources: ResourceConfig): void {
    const files: Record<string, unknown> =
      job.kind === "processing"
        ? {
            "config/resourceconfig.json": resources,
            "config/processingjobconfig.json": job.request,
          }
        : {
            "input/config/resourceconfig.json": resources,
            "input/config/hyperparameters.json": job.hyperparameters,
          };
    for (const [name, content] of Object.entries(files)) {
      this.#write(join(this.folder, name), JSON.stringify(content, null, 2));
    }
  }

  /** @throws Error if the folder is no job's: `resourceconfig.json` is missing or wrong */
  readConfig(): { resources: ResourceConfig; hyperparameters: Record<string, string> } {
    const read = (name: string): unknown => readJson(join(this.folder, name));
    const resources =
      read("config/resourceconfig.json") ?? read("input/config/resourceconfig.json");
    if (resources === undefined) {
      throw new Error(`${this.folder} has no config/resourceconfig.json: no job was started there`);
    }
    return {
      resources: ResourceConfig.parse(resources),
      hyperparameters: HyperParameters.parse(read("input/config/hyperparameters.json") ?? {}),
    };
  }

  /** A training job's description has the failure; all that a processing job's has of it is the message. */
  writeFailure(text: string): void {
    this.#write(this.failure, text);
    this.#write(this.message, Buffer.from(text).subarray(0, MESSAGE_BYTES).toString());
  }

  /** @throws RangeError if the message is longer than SageMaker would give back */
  writeMessage(text: string): void {
    if (Buffer.byteLength(text) > MESSAGE_BYTES) {
      throw new RangeError(
        `a job's message may have ${MESSAGE_BYTES} bytes, got ${Buffer.byteLength(text)}`,
      );
    }
    this.#write(this.message, text);
  }

  #write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A small file's text, `undefined` if there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function readJson(file: string): unknown {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}
