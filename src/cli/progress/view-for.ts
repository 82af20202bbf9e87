import { liveView } from "./live-view.ts";
import { plainView } from "./plain-view.ts";
import type { ProgressView, Screen } from "./progress-view.ts";

/** Bars on a terminal, plain lines in a file or a pipe. */
export function viewFor(screen: Screen): ProgressView {
  const now = (): number => performance.now() / 1000;
  const isTerminal = screen.isTTY === true && process.env["TERM"] !== "dumb";
  return isTerminal ? liveView(screen, now) : plainView(screen, now);
}
