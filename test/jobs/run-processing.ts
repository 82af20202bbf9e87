import { processRunner } from "../../src/jobs/index.ts";
import type { Json } from "../../src/workflow/index.ts";
import { processingCall } from "./request.ts";

/* A runner in a process of its own, so that tests can kill it: job entry, folder, job. */
const [, , entry, folder, job] = process.argv;
const call = processingCall(job!);
const report = (progress: Json): void => {
  console.log(JSON.stringify(progress));
};
await processRunner({ entry: entry!, folder: folder! })({ ...call, report });
