import type { DatabaseSync } from "node:sqlite";

import { Role } from "../../../schema/index.ts";
import { newSecret, sha256Of } from "./secret.ts";

/** What a one-time link lets its holder do: come in with a role, or, with `person`, set that person's password anew. */
export interface Invited {
  readonly role: Role;
  readonly person: string | undefined;
}

/** One-time links. */
export interface Invitations {
  /** @returns the token, for the link; it is kept nowhere */
  readonly make: (
    invited: Invited,
    madeBy: string,
    now: Date,
  ) => { readonly token: string; readonly expiresAt: Date };
  readonly find: (token: string, now: Date) => Invited | undefined;
  readonly remove: (token: string) => void;
  /** Takes back the links that someone has made, and those that are for this person. */
  readonly removeAllOf: (name: string) => void;
}

const LIFETIME = 24 * 60 * 60 * 1000;

/** The links in a panel's database. */
export function invitationsIn(database: DatabaseSync): Invitations {
  const make = database.prepare("INSERT INTO invitations VALUES (?, ?, ?, ?, ?)");
  const sweep = database.prepare("DELETE FROM invitations WHERE expires_at <= ?");
  const find = database.prepare(
    "SELECT role, person FROM invitations WHERE token_sha256 = ? AND expires_at > ?",
  );
  const remove = database.prepare("DELETE FROM invitations WHERE token_sha256 = ?");
  const removeAllOf = database.prepare("DELETE FROM invitations WHERE made_by = ?1 OR person = ?1");
  return {
    make({ role, person }, madeBy, now) {
      const token = newSecret();
      const expiresAt = new Date(now.getTime() + LIFETIME);
      sweep.run(now.getTime());
      make.run(sha256Of(token), role, person ?? null, madeBy, expiresAt.getTime());
      return { token, expiresAt };
    },
    find(token, now) {
      const row = find.get(sha256Of(token), now.getTime());
      if (row === undefined) return undefined;
      const { role, person } = row;
      return { role: Role.parse(role), person: person === null ? undefined : String(person) };
    },
    remove(token) {
      remove.run(sha256Of(token));
    },
    removeAllOf(name) {
      removeAllOf.run(name);
    },
  };
}
