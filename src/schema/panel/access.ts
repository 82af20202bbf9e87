import { z } from "zod";

/**
 * What a person may do. Each role may do all that the one before it may: `dashboard` sees the figures, `viewer` everything,
 * `operator` runs and stops executions and edits the draft, `admin` also burns, promotes by hand, and lets people in.
 */
export const ROLES = ["dashboard", "viewer", "operator", "admin"] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** May someone with the role `held` do what asks for `asked`? */
export function roleCovers(held: Role, asked: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(asked);
}

const UserName = z
  .string()
  .regex(/^[A-Za-z0-9._@-]{1,64}$/, "1 to 64 letters, digits, '.', '_', '@' or '-'");
const Password = z.string().min(12, "at least 12 characters").max(256);

/** `POST /panel/api/session`. */
export const Login = z.strictObject({ name: z.string().max(64), password: z.string().max(256) });
export type Login = z.infer<typeof Login>;

/**
 * `POST /panel/api/setup`: the one-time link that the first start, an invitation or a reset gives. The answer is a
 * `PanelSession`: who was let in is logged in.
 */
export const Setup = z.strictObject({
  token: z.string().max(128),
  name: UserName,
  password: Password,
});
export type Setup = z.infer<typeof Setup>;

/** `GET /panel/api/session`: who is logged in. Every change must carry `csrfToken` in `X-CSRF-Token`. */
export const PanelSession = z.strictObject({
  name: z.string(),
  role: Role,
  csrfToken: z.string(),
  /** The product's version. */
  version: z.string(),
  /** Is this the port on which only the dashboard answers (A26)? */
  dashboardOnly: z.boolean(),
});
export type PanelSession = z.infer<typeof PanelSession>;

/** `GET /panel/api/people`. */
export const Person = z.strictObject({
  name: z.string(),
  role: Role,
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
});
export type Person = z.infer<typeof Person>;

/**
 * `POST /panel/api/people`: an invitation. `POST /panel/api/people/:name/reset`, without a body: a new password for
 * someone who is there. The answer holds the one-time link, shown once.
 */
export const Invitation = z.strictObject({ role: Role });
export const InvitationLink = z.strictObject({ link: z.string(), expiresAt: z.string() });
export type InvitationLink = z.infer<typeof InvitationLink>;

/** `PATCH /panel/api/people/:name`. */
export const RoleChange = z.strictObject({ role: Role });
/** `POST /panel/api/password`: one's own. Ends every session of the person; the answer is a new `PanelSession`. */
export const PasswordChange = z.strictObject({ current: z.string().max(256), next: Password });

/** Who did what; kept for ever. */
export const AuditEntry = z.strictObject({
  time: z.string(),
  person: z.string(),
  /** Such as "execute", "burn", "login refused". */
  action: z.string(),
  /** What it was done to: "core core-20261126-101500". */
  subject: z.string(),
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `GET /panel/api/audit?before=…&limit=…`: the latest first; `next` is the `before` of the page after this one. */
export const AuditPage = z.strictObject({
  entries: z.array(AuditEntry),
  next: z.int().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/**
 * `GET /panel/api/keys`: keys for `/recommend/*`. `POST` makes one and shows it, once; `DELETE /panel/api/keys/:sha256`
 * removes it.
 */
export const ApiKey = z.strictObject({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.string(),
  createdBy: z.string(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const NewApiKey = z.strictObject({ name: z.string().min(1).max(64) });
export const MadeApiKey = z.strictObject({ name: z.string(), key: z.string() });
export type MadeApiKey = z.infer<typeof MadeApiKey>;
