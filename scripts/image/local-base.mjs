/** A base to build in where no registry of images can be reached: Debian's packages, this checkout's Node, this machine's npm. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { node } from "../boot.mjs";
import { buildah } from "./buildah.mjs";

const NAME = "localhost/recsys-base:local";
const SUITE = "bookworm";

/**
 * Makes the base with mmdebstrap, as root, from the sources of packages of this machine.
 *
 * @param {string | undefined} storage - see `buildah`; the packages are kept there too, for the next time
 * @returns {string} its name
 */
export function makeLocalBase(storage) {
  const scratch = mkdtempSync(join(tmpdir(), "recsys-base-"));
  try {
    const rootfs = join(storage ?? scratch, "base.tar");
    if (!existsSync(rootfs)) makeRootfs(rootfs);
    const container = buildah(storage, ["from", "scratch"], { output: true });
    buildah(storage, ["add", "--quiet", container, rootfs, "/"]);
    buildah(storage, ["add", "--quiet", container, node(), "/usr/local/bin/node"]);
    const npm = npmFolder();
    buildah(storage, ["add", "--quiet", container, npm, NPM]);
    buildah(storage, ["config", ...environment(storage, container), container]);
    buildah(storage, [
      "run",
      container,
      "--",
      "ln",
      "-s",
      `${NPM}/bin/npm-cli.js`,
      "/usr/local/bin/npm",
    ]);
    buildah(storage, ["commit", "--quiet", "--rm", container, NAME]);
    return NAME;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const NPM = "/usr/local/lib/node_modules/npm";

function makeRootfs(file) {
  mkdirSync(dirname(file), { recursive: true });
  const sources = globSync(
    "/etc/apt/{sources.list,sources.list.d/*.list,sources.list.d/*.sources}",
  );
  execFileSync("mmdebstrap", ["--quiet", "--variant=minbase", SUITE, file, ...sources], {
    stdio: ["ignore", 2, 2],
  });
}

function npmFolder() {
  const binary = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  return dirname(dirname(realpathSync(binary)));
}

/** npm's registry, and the certificates that this machine trusts beside Node's own. The image takes over neither. */
function environment(storage, container) {
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const variables = { npm_config_registry: registry };
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  if (certificates !== undefined && readFileSync(certificates).length > 0) {
    const inside = "/usr/local/share/extra-ca.pem";
    buildah(storage, ["add", "--quiet", container, certificates, inside]);
    variables.NODE_EXTRA_CA_CERTS = inside;
  }
  return Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
}
