import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where `scripts/ceph.mjs` unpacks Ceph. */
const ROOT = fileURLToPath(new URL("../../../build/ceph", import.meta.url));

/** Why tests against Ceph are skipped, undefined where they are not. */
export const NO_CEPH = existsSync(join(ROOT, "fetched.txt"))
  ? undefined
  : "no Ceph: its packages are not in build/ceph (npm run test:slow fetches them where there is apt)";

/** A program of Ceph. */
export function cephProgram(name: string): string {
  return join(ROOT, "usr", "bin", name);
}

/** What its programs need to find their libraries. */
export function cephEnvironment(): NodeJS.ProcessEnv {
  const libraries = libraryFolders().flatMap((folder) => [folder, join(folder, "ceph")]);
  return { PATH: process.env["PATH"], LD_LIBRARY_PATH: libraries.join(":") };
}

/**
 * The configuration of a cluster of one monitor and one store, which keeps up to 2 GB in memory.
 *
 * @param folder - where all that is not kept in memory lies
 * @param fsid - the cluster's name
 * @param addresses - the monitor's
 */
export function cephConfiguration(folder: string, fsid: string, addresses: string): string {
  const plugins = libraryFolders().find((name) => existsSync(join(name, "rados-classes")))!;
  return Object.entries({
    fsid,
    "mon host": addresses,
    "public addr": "127.0.0.1",
    "cluster addr": "127.0.0.1",
    "auth cluster required": "none",
    "auth service required": "none",
    "auth client required": "none",
    "osd pool default size": 1,
    "osd pool default min size": 1,
    "osd pool default pg num": 1,
    "osd pool default pg autoscale mode": "off",
    "osd crush chooseleaf type": 0,
    // Otherwise a disk that is nearly full stops the cluster, though it keeps next to nothing there.
    "mon data avail crit": 1,
    "mon data": join(folder, "mon"),
    "osd data": join(folder, "osd"),
    "osd objectstore": "memstore",
    "memstore device bytes": 2 << 30,
    "run dir": folder,
    "admin socket": join(folder, "$name.asok"),
    "log file": join(folder, "$name.log"),
    keyring: join(folder, "keyring"),
    "plugin dir": join(plugins, "ceph"),
    "erasure code dir": join(plugins, "ceph", "erasure-code"),
    "osd class dir": join(plugins, "rados-classes"),
  }).reduce((text, [name, value]) => `${text}${name} = ${value}\n`, "[global]\n");
}

/** Its libraries lie under a name of the machine's kind, such as `x86_64-linux-gnu`. */
function libraryFolders(): readonly string[] {
  return ["lib", "usr/lib"].flatMap((start) =>
    readdirSync(join(ROOT, start))
      .filter((name) => name.endsWith("-linux-gnu"))
      .map((name) => join(ROOT, start, name)),
  );
}
