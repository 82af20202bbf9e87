import type { PanelContext } from "../context.ts";
import type { PanelState } from "../state/index.ts";
import type { Passwords } from "./passwords.ts";
import type { SessionCookie } from "./session-cookie.ts";

/** What the routes about access are given. */
export interface AccessContext extends Pick<PanelContext, "audit" | "clock" | "version"> {
  readonly state: PanelState;
  readonly cookie: SessionCookie;
  readonly passwords: Passwords;
  readonly dashboardOnly: boolean;
  /** Where people reach the panel, for the links that are sent to them. */
  readonly publicUrl: () => string;
}
