/**
 * Makes a bare checkout runnable: installs the locked packages, finds a Node that is new enough,
 * builds the kernels. Parses on Node 18, since it runs before the packaged Node 24 is there.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM_NODE = [22, 18];

/** Runs a command in the foreground; ends this process with its status when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw result.error;
  if (result.signal) process.exit(130);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs what package-lock.json names, unless just that is installed already. */
export function install() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "node_modules", ".recsys-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  // On stderr: the stdout of `recsys … --json` belongs to the result, the first time too.
  console.error("Installing packages (once, about a minute) …");
  // The system's older Node makes npm warn about packages that only ever run on the packaged one.
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
    stdio: ["ignore", 2, 2],
  });
  writeFileSync(stamp, wanted);
}

/** The Node that runs the product: the packaged one, else this one if it is new enough. */
export function node() {
  const packaged = join(
    root,
    "node_modules",
    `node-${process.platform}-${process.arch}`,
    "bin",
    "node",
  );
  if (existsSync(packaged)) return packaged;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) {
    return process.execPath;
  }
  console.error(
    `recsys needs Node ${MINIMUM_NODE.join(".")} or newer, got ${process.versions.node}, and no packaged Node ` +
      `exists for ${process.platform}-${process.arch}; install Node 24 from https://nodejs.org`,
  );
  process.exit(1);
}

/**
 * The environment of what is started: Node keeps what it has compiled, so that the command line and each job, which
 * inherit it, start in half the time (docs/performance.md). A folder of the caller's own goes before; where nothing
 * can be written, Node goes on without.
 */
export function environment() {
  return { NODE_COMPILE_CACHE: join(root, "build", "compile-cache"), ...process.env };
}

/** Compiles the AssemblyScript kernels when a source is newer than the build. */
export function build() {
  run(node(), [join(root, "scripts", "build.mjs")], { stdio: ["ignore", 2, 2] });
}

/** Builds the panel's pages when a source is newer than the build; only who serves them needs them. */
export function buildPages() {
  run(node(), [join(root, "scripts", "build-pages.mjs")], { stdio: ["ignore", 2, 2] });
}
