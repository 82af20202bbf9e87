/** `bin/recsys` from a checkout: installs and builds on the first call, then runs the command line. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build, buildPages, environment, install, node, root } from "./boot.mjs";

const commandLine = process.argv.slice(2);
install();
build();
if (commandLine.some((word) => word === "up" || word === "--panel")) buildPages();
const child = spawn(node(), [join(root, "src", "cli", "main.ts"), ...commandLine], {
  stdio: "inherit",
  env: environment(),
});
// A stop that reaches only this process is passed on; the command alone decides how it ends, and
// takes the several copies of one Ctrl-C (terminal, npm, this script) for one.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
