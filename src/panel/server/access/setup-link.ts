import type { InvitationLink } from "../../../schema/index.ts";
import type { PanelState } from "../state/index.ts";

/** Makes a one-time link that lets its holder in, and keeps who made it in the audit log. */
export interface LinkOrder extends Pick<InvitedAs, "role"> {
  /** Whose password the link sets anew; none for somebody new. */
  readonly person?: string;
  readonly by: string;
  readonly now: Date;
}

type InvitedAs = Parameters<PanelState["invitations"]["make"]>[0];

/** The maker of the links that the first start prints. */
const FIRST_START = "first start";

/** A one-time link of the panel at `url`, good for 24 hours. */
export function makeLink(
  state: PanelState,
  url: string,
  { role, person, by, now }: LinkOrder,
): InvitationLink {
  const { token, expiresAt } = state.invitations.make({ role, person }, by, now);
  return { link: `${url}/setup?token=${token}`, expiresAt: expiresAt.toISOString() };
}

/** The link for the first admin, as long as there is none; those of earlier starts no longer count. */
export function firstAdminLink(
  state: PanelState,
  url: string,
  now: Date,
): InvitationLink | undefined {
  if (state.people.admins() > 0) return undefined;
  return state.together(() => {
    state.invitations.removeAllOf(FIRST_START);
    return makeLink(state, url, { role: "admin", by: FIRST_START, now });
  });
}
