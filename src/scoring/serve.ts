import { createScoringApp, type ScoringState } from "./app.ts";
import { loadModel } from "./load-model.ts";
import { scoringSettings } from "./settings.ts";

export interface RunningScoring {
  /** Where it answers, with the port it was given. */
  readonly url: string;
  /** Stops taking connections, answers what is under way, and lets go of the model. */
  close(): Promise<void>;
}

/**
 * Serves ad-hoc scoring from the model in a folder, on all addresses. It listens at once, and `/ping` says when the model is there.
 *
 * @param folder - what `recsys export-model` has written
 * @param environment - see {@link scoringSettings}
 * @param onError - is told of a failure that a caller is not told the reason of
 * @returns when the model is loaded
 * @throws DataError if the folder holds no model
 */
export async function serveScoring(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  onError: (error: unknown) => void,
): Promise<RunningScoring> {
  const settings = scoringSettings(environment);
  const state: ScoringState = { model: undefined };
  const app = createScoringApp(state, { ...settings, onError });
  const url = await app.listen({ host: "0.0.0.0", port: settings.port });
  try {
    state.model = await loadModel(folder);
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    url,
    async close() {
      const hurry = setTimeout(() => {
        app.server.closeAllConnections();
      }, STOP_MILLISECONDS);
      await app.close();
      clearTimeout(hurry);
      await state.model?.close();
    },
  };
}

/** SageMaker kills 30 seconds after it has asked. */
const STOP_MILLISECONDS = 10_000;
