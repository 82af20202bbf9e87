import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { BuiltImage } from "./built-image.ts";
import { startContainer } from "./container.ts";

/*
 * Stands where the local runner starts a job's process, and starts a container instead, as SageMaker does: a processing job with
 * the entry point and the arguments of its request, a training job as `docker run image train`. What a folder would be in a
 * volume is mounted: `/opt/ml`, and the bucket where the job expects it.
 */
const image = JSON.parse(process.env["CONTAINER_IMAGE"] ?? "") as Pick<
  BuiltImage,
  "config" | "rootfs"
>;
const root = process.env["ML_ROOT"] ?? "";
const bucket = process.env["RECSYS_BUCKET"] ?? "";
execFileSync("chown", ["-R", image.config.User, root, bucket]);

const request = join(root, "config", "processingjobconfig.json");
const command = existsSync(request)
  ? entryOf(readFileSync(request, "utf8"))
  : { args: process.argv.slice(2) };
const told = Object.entries(process.env).filter(
  (entry): entry is [string, string] =>
    entry[0].startsWith("RECSYS_") && entry[0] !== "RECSYS_LOCAL_RUNNER",
);
const container = startContainer({
  image,
  ...command,
  environment: Object.fromEntries(told),
  mounts: { [root]: "/opt/ml", [bucket]: bucket },
});
process.on("SIGTERM", () => {
  container.kill("TERM");
});
const { code, output } = await container.ended;
process.stdout.write(output);
process.exit(code);

function entryOf(text: string): { entrypoint: readonly string[]; args: readonly string[] } {
  const { AppSpecification } = JSON.parse(text) as {
    readonly AppSpecification: {
      readonly ContainerEntrypoint: readonly string[];
      readonly ContainerArguments: readonly string[];
    };
  };
  return {
    entrypoint: AppSpecification.ContainerEntrypoint,
    args: AppSpecification.ContainerArguments,
  };
}
