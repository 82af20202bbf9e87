export { isSameSecret, newSecret, sha256Of } from "./secret.ts";
export type { LoginFailures } from "./login-failures.ts";
export type { Session } from "./sessions.ts";
export { openPanelState, type PanelState } from "./state.ts";
