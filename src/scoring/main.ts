import { join } from "node:path";

import { serveScoring } from "./serve.ts";

/*
 * `docker run image serve`, as SageMaker starts a model, which is in `/opt/ml/model` (`ML_ROOT` is another `/opt/ml`).
 */
const folder = join(process.env["ML_ROOT"] ?? "/opt/ml", "model");
const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGTERM", "SIGINT"])
    process.on(signal, () => {
      resolve();
    });
});
try {
  const started = serveScoring(folder, process.env, (error) => {
    console.error(error);
  });
  // Whoever stops it does not wait for a model that is still being loaded.
  const running = await Promise.race([started, stopped]);
  if (running !== undefined) {
    console.log(`scoring on ${running.url}`);
    await stopped;
    await running.close();
  }
  process.exit(0);
} catch (error) {
  console.error(`scoring: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
