import type { Role } from "../../../../schema/index.ts";
import { ROLES } from "../../api/roles.ts";

/** What each role may do; each may do all that the one before it may. */
const WORDS: Readonly<Record<Role, string>> = {
  dashboard: "Sees the KPI dashboard, nothing else",
  viewer: "Sees every page, changes nothing",
  operator: "Also uploads data, edits the draft, deploys, executes and rolls back",
  admin: "Also burns, promotes by hand, makes API keys and lets people in",
};

/** The roles to choose from. */
export const ROLE_OPTIONS: readonly {
  readonly value: Role;
  readonly label: string;
  readonly description: string;
}[] = ROLES.map((value) => ({ value, label: value, description: WORDS[value] }));

/** The role that a choice means. */
export function roleOption(role: Role): (typeof ROLE_OPTIONS)[number] {
  return ROLE_OPTIONS.find(({ value }) => value === role)!;
}
