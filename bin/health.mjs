/**
 * The image's health check: does the server in this container answer? Ends with 0 if so, else with 1 and the reason.
 *
 * A job serves nothing: as long as it runs, it is well.
 */
import { readFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";

const args = readFileSync("/proc/1/cmdline", "utf8").split("\0");
const isServer = ["panel", "serve", "up"].some((word) => args.includes(word));
const port =
  valueOf("--port") ??
  process.env.SAGEMAKER_BIND_TO_PORT ??
  process.env.RECSYS_RESPONDER__PORT ??
  "8080";
if (isServer) {
  const answers = await Promise.all([
    status(getPlain, `http://127.0.0.1:${port}/health/live`),
    status(getPlain, `http://127.0.0.1:${port}/ping`),
    status(getSecure, `https://127.0.0.1:${port}/health/live`),
  ]);
  if (!answers.includes(200)) {
    console.error(`nothing answers on port ${port} as it should: ${answers.join(", ")}`);
    process.exit(1);
  }
}

/** `--port 9000` or `--port=9000`. */
function valueOf(option) {
  const at = args.indexOf(option);
  if (at >= 0) return args[at + 1];
  return args.find((arg) => arg.startsWith(`${option}=`))?.slice(option.length + 1);
}

/** Who asks is inside, and so is who answers: nobody has to sign the certificate. */
function status(get, url) {
  return new Promise((resolve) => {
    get(url, { timeout: 4000, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("timeout", () => resolve("no answer"))
      .on("error", ({ code }) => resolve(code));
  });
}
