/**
 * `npm run image`: builds the container image (docs/image.md) with docker, podman or buildah.
 *
 * - `--tag NAME` (localhost/recsys:<version>);
 * - `--engine docker|podman|buildah` (the first of them that is installed);
 * - `--base NAME`, the image that is built in: one with Node 22 or newer, npm and glibc (the Dockerfile's);
 * - `--run-as UID:GID` (65532:0); SageMaker may need 0:0;
 * - `--local-base`, with buildah: a base made here, of Debian's packages, where no registry of images can be reached;
 * - `--storage DIR`, with buildah: keeps its images and containers there, as plain files, and not where the system does.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./boot.mjs";
import { buildah } from "./image/buildah.mjs";
import { makeLocalBase } from "./image/local-base.mjs";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const ENGINES = ["docker", "podman", "buildah"];
const { values } = parseArgs({
  options: {
    tag: { type: "string", default: `localhost/recsys:${version}` },
    engine: { type: "string" },
    base: { type: "string" },
    "run-as": { type: "string" },
    "local-base": { type: "boolean", default: false },
    storage: { type: "string" },
  },
});
const engine = values.engine ?? ENGINES.find(isInstalled);
if (!ENGINES.includes(engine)) {
  fail(
    engine === undefined
      ? `an image is built with ${ENGINES.join(", ")}; install one of them`
      : `--engine takes ${ENGINES.join(", ")}, got "${engine}"`,
  );
}
const isBuildah = engine === "buildah";
if (!isBuildah && (values["local-base"] || values.storage !== undefined)) {
  fail(`--local-base and --storage are for --engine buildah, got ${engine}`);
}
if (values["local-base"] && values.base !== undefined) {
  fail("--base and --local-base are two answers to one question; give one");
}

const storage = values.storage && resolve(values.storage);
const base = values["local-base"] ? makeLocalBase(storage) : values.base;
const buildArguments = { VERSION: version, BASE: base, RUN_AS: values["run-as"] };
const args = [
  "build",
  // The format of OCI has no health check.
  ...(engine === "docker" ? [] : ["--format", "docker"]),
  ...Object.entries(buildArguments).flatMap(([name, value]) =>
    value === undefined ? [] : ["--build-arg", `${name}=${value}`],
  ),
  ...(values["local-base"] ? ["--pull-never"] : []),
  "--tag",
  values.tag,
  root,
];
if (isBuildah) buildah(storage, args);
else execFileSync(engine, args, { stdio: ["ignore", 2, 2] });
console.log(values.tag);

function isInstalled(name) {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function fail(message) {
  console.error(`image: ${message}`);
  process.exit(2);
}
