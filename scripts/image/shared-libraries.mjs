/** The C and C++ libraries of the system that programs in a folder are linked with. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";

/** Their terms ask that they go with each copy. */
const COPYRIGHTS = ["libc6", "libgcc-s1", "libstdc++6"].map(
  (name) => `/usr/share/doc/${name}/copyright`,
);

/**
 * Paths on this system, as the loader finds them, of what Node and the native libraries below `folder` need.
 *
 * @throws Error if one of them is not there
 */
export function sharedLibraries(folder) {
  const programs = globSync(["usr/local/bin/node", "app/node_modules/**/*.{node,so}"], {
    cwd: folder,
  });
  const found = new Set();
  for (const program of programs) {
    const lines = execFileSync("ldd", [join(folder, program)], { encoding: "utf8" }).split("\n");
    const missing = lines.find((line) => line.includes("not found"));
    if (missing !== undefined) {
      throw new Error(`${program} needs a library that the base lacks: ${missing.trim()}`);
    }
    for (const line of lines) {
      // `libm.so.6 => /lib/…/libm.so.6 (0x…)`, and the loader alone as `/lib64/ld-linux-….so.2 (0x…)`.
      const path = /(?:=>\s*|^\s*)(\/\S+)/.exec(line)?.[1];
      if (path !== undefined && !path.startsWith(folder)) found.add(path);
    }
  }
  return [...found, ...COPYRIGHTS.filter((path) => existsSync(path))].sort();
}
