import type { Tokens } from "../data/index.ts";
import type { Parameters } from "./parameters.ts";
import type { ModelSettings } from "./settings.ts";

/** Everything that scoring needs besides the histories of the users. */
export interface FittedModel {
  readonly parameters: Parameters;
  readonly settings: ModelSettings;
  /** (I) interactions of each item in the data that are scored, which for a fit are those it is trained on. */
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}
