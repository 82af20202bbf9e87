import type { Tokens } from "../data/index.ts";
import type { Parameters } from "./parameters.ts";
import type { ModelSettings } from "./settings.ts";

/** Everything that scoring needs besides the histories of the users. */
export interface FittedModel {
  readonly parameters: Parameters;
  readonly settings: ModelSettings;
  /** (I) interactions that each item had in training: 0 means known by its features alone. */
  readonly popularity: Uint32Array;
  readonly tokens: Tokens | undefined;
}
