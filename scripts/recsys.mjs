/** `bin/recsys` from a checkout: installs and builds on the first call, then runs the command line. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, install, node, root } from "./boot.mjs";

install();
build();
const child = spawn(node(), [join(root, "src", "cli", "main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
// The terminal sends Ctrl-C to both; only the command decides how it ends.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
