/**
 * What the container image starts (docs/image.md), by its first argument:
 *
 * - `serve`: ad-hoc scoring, as SageMaker starts a model (docs/scoring.md);
 * - the name of a job, such as `train`, as SageMaker starts a training job, or `collect`: that job;
 * - `panel`: the panel, the dashboard and the API; what follows are options of `recsys serve --panel`;
 * - `recsys …`, or any command of it but `serve`: the command line.
 *
 * It becomes what it starts, so that a signal to the container reaches just that.
 */
import { JOB_NAMES } from "../src/recipe/job-names.ts";

const [word = "panel", ...rest] = process.argv.slice(2);
if (JOB_NAMES.includes(word)) await become("../src/recipe/job.ts", [word, ...rest]);
else if (word === "panel") await become("../src/cli/main.ts", ["serve", "--panel", ...rest]);
else if (word === "serve") await become("../src/scoring/main.ts", rest);
else if (word === "recsys") await become("../src/cli/main.ts", rest);
else await become("../src/cli/main.ts", [word, ...rest]);

async function become(script, args) {
  process.argv.splice(2, Infinity, ...args);
  await import(script);
}
