import { applyMode, Mode } from "@cloudscape-design/global-styles";

/** How the pages are coloured: as the system is, or always one way. */
export const COLOR_MODES = ["system", "light", "dark"] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

const KEY = "recsys-color-mode";
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");
systemIsDark.addEventListener("change", applyChosenMode);

/** What this browser was told; `system` until then. */
export function chosenMode(): ColorMode {
  const stored = localStorage.getItem(KEY);
  return COLOR_MODES.find((mode) => mode === stored) ?? "system";
}

/** Keeps the choice in this browser and colours the pages by it. */
export function chooseMode(mode: ColorMode): void {
  localStorage.setItem(KEY, mode);
  applyChosenMode();
}

/** Colours the pages as chosen. */
export function applyChosenMode(): void {
  const mode = chosenMode();
  const isDark = mode === "dark" || (mode === "system" && systemIsDark.matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
}
