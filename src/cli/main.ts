import { echoesPassed, stopSignal } from "./interrupt.ts";
import { runProgram } from "./program.ts";

// `recsys status | head -1` closes the pipe early; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const signal = stopSignal((line) => process.stderr.write(`\n${line}\n`));
const exitCode = await runProgram(process.argv.slice(2), signal);
await echoesPassed(signal);
if (exitCode !== 0) process.exitCode = exitCode; // a command may have set its own
