/** Compiles src/kernels/assembly to build/kernels.wasm when a source has changed. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { install, node, root, run } from "./boot.mjs";

install();
const assembly = join(root, "src", "kernels", "assembly");
const wasm = join(root, "build", "kernels.wasm");
const stamp = join(root, "build", "kernels.sha256");

const sources = existsSync(assembly)
  ? readdirSync(assembly)
      .filter((name) => name.endsWith(".ts"))
      .sort()
  : [];
const hash = createHash("sha256").update(readFileSync(join(root, "scripts", "build.mjs")));
for (const name of sources) hash.update(name).update(readFileSync(join(assembly, name)));
const wanted = hash.digest("hex");

if (
  sources.length > 0 &&
  !(existsSync(wasm) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted)
) {
  mkdirSync(join(root, "build"), { recursive: true });
  // Compiled aside and renamed: another process may be reading the old one.
  const fresh = `${wasm}.${process.pid}`;
  run(node(), [
    join(root, "node_modules", "assemblyscript", "bin", "asc.js"),
    join(assembly, "index.ts"),
    "--outFile",
    fresh,
    "--runtime",
    "stub",
    "-O3",
    "--noAssert",
    "--enable",
    "simd",
    "--enable",
    "threads",
    "--enable",
    "bulk-memory",
    "--importMemory",
    "--sharedMemory",
    "--initialMemory",
    "1",
    "--maximumMemory",
    "65536",
  ]);
  renameSync(fresh, wasm);
  writeFileSync(stamp, wanted);
}
