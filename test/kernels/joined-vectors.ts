/**
 * Started by `wide-vectors.test.ts`: prints a digest of every operation's bytes, computed with joined vectors, or
 * without them if the argument is `single`.
 */
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";

import { everything } from "./everything.ts";
import { open } from "./open.ts";

const kernels = await open(2);
// A function is compiled at its first call, so this is in time.
if (process.argv[2] === "single") setFlagsFromString("--no-experimental-wasm-revectorize");
const hash = createHash("sha256");
for (const bytes of everything(kernels)) hash.update(bytes);
console.log(hash.digest("hex"));
await kernels.close();
