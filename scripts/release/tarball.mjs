/** An archive of a folder whose bytes follow from its files alone: sorted, without times and owners. */
import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** 1980-01-01, as in the zip. */
const TIME = "@315532800";

/** Packs what is in `folder`, by GNU tar and gzip. */
export function tarball(file, folder) {
  const output = openSync(file, "w");
  try {
    // gzip by itself, since tar would let it write a time.
    execFileSync(
      "bash",
      ["-o", "pipefail", "-c", `tar --create --file=- --directory="$1" ${FLAGS.join(" ")} . | gzip --no-name -9`, "-", folder],
      { stdio: ["ignore", output, 2], env: { ...process.env, LC_ALL: "C" } },
    );
  } finally {
    closeSync(output);
  }
}

const FLAGS = [
  "--format=ustar",
  "--sort=name",
  `--mtime=${TIME}`,
  "--owner=0",
  "--group=0",
  "--numeric-owner",
  "--mode=go=rX,u+rw,a-s",
];
