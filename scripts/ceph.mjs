/**
 * Ceph's S3 gateway and what it needs, from Debian's packages, unpacked beside the checkout's other builds: nothing of
 * the system changes, and nobody needs to be root. Where they cannot be had, the tests that need them skip and say so.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./boot.mjs";
import { mayUseApt } from "./system-packages.mjs";

const FOLDER = join(root, "build", "ceph");
const PACKAGES = join(FOLDER, "packages");
/** Written last: what is there without it was left half done. */
const STAMP = join(FOLDER, "fetched.txt");
const PROGRAMS = ["radosgw", "ceph-mon", "ceph-osd", "ceph-common"];
/** Of what they depend on: the programs are started by themselves, without Python, sudo or volumes of disks. */
const NEEDED = /^(lib|ceph-|radosgw)/;

/** Fetches Ceph for the slow tests, unless it is there. */
export function installCeph(tier) {
  if (tier !== "slow" || existsSync(STAMP)) return;
  console.log("Fetching Ceph (60 MB of Debian packages) …");
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(PACKAGES, { recursive: true });
  const reason = fetchPackages() ?? unpack();
  rmSync(PACKAGES, { recursive: true, force: true });
  if (reason === undefined) return;
  console.log(`not fetched: Ceph (${reason}); tests that need it skip`);
  rmSync(FOLDER, { recursive: true, force: true });
}

/** Downloads what of Ceph this system does not have; says why where that cannot be done. */
function fetchPackages() {
  let plan = missingPackages();
  if (plan.reason !== undefined && mayUseApt()) {
    // A fresh system has no lists of packages yet.
    run("apt-get", ["update", "-qq"]);
    plan = missingPackages();
  }
  return plan.reason ?? run("apt-get", ["download", "-qq", ...plan.names]).reason;
}

/** Names of the packages that Debian would install. */
function missingPackages() {
  const { stdout, reason } = run("apt-get", [
    ...["install", "--simulate", "--no-install-recommends"],
    ...PROGRAMS,
  ]);
  const lines = stdout.split("\n").filter((line) => line.startsWith("Inst "));
  return { reason, names: lines.map((line) => line.split(" ")[1]).filter((n) => NEEDED.test(n)) };
}

function unpack() {
  const names = readdirSync(PACKAGES);
  for (const name of names) {
    const { reason } = run("dpkg", ["-x", name, FOLDER]);
    if (reason !== undefined) return reason;
  }
  if (!existsSync(join(FOLDER, "usr", "bin", "radosgw"))) {
    return "Ceph is installed on this system in part; it is not unpacked a second time";
  }
  writeFileSync(STAMP, `${names.sort().join("\n")}\n`);
  return undefined;
}

function run(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: PACKAGES,
    encoding: "utf8",
  });
  if (status === 0) return { stdout };
  const last = stderr?.trim().split("\n").at(-1);
  return { stdout: "", reason: error?.message ?? `${command}: ${last}` };
}
