import type { Session } from "../session.ts";
import type { ExecutionRequest } from "./run-execution.ts";

/** It has begun, and goes on without this process. */
class Detached extends Error {
  override readonly name = "Detached";
}

/** Starts an execution that runs by itself and leaves it once it has begun; prints how it is found again. */
export async function startDetached(
  session: Session,
  { bucket, workflow, name, config, modelExecution, goOn, place }: ExecutionRequest,
): Promise<void> {
  const begun = new AbortController();
  const common = {
    ...{ bucket, workflow, name },
    suspend: AbortSignal.any([session.signal, begun.signal]),
    onEvent: () => {
      begun.abort(new Detached());
    },
  };
  const model = modelExecution === undefined ? {} : { modelExecution };
  try {
    await (goOn === undefined
      ? place.engine.execute({ ...common, config, ...model })
      : place.engine.retry(common));
  } catch (error) {
    if (!(error instanceof Detached)) throw error;
  }
  session.print(
    { workflow, name, status: "running" },
    [
      `${workflow} execution ${name} is running${place.words}.`,
      `Follow it:  recsys execute ${workflow} --name ${name} --target aws --bucket …`,
      `Stop it:    recsys stop ${workflow} ${name} --bucket …`,
    ].join("\n"),
  );
}
