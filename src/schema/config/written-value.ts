import type { Setting } from "./settings.ts";

/** What a text from a variable or a flag means: text settings as written, all others as JSON. */
export function valueOf(setting: Setting | undefined, text: string): unknown {
  if (setting?.isText === true) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // the check of the setting will say what it should have been
  }
}
