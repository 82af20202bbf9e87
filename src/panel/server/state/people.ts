import type { DatabaseSync } from "node:sqlite";

import { Person, Role } from "../../../schema/index.ts";

/** Someone who may log in, with the hash of the password. */
export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/** Who may log in. */
export interface People {
  readonly list: () => readonly Person[];
  readonly find: (name: string) => Account | undefined;
  readonly add: (account: Account, now: Date) => void;
  readonly setRole: (name: string, role: Role) => void;
  readonly setPassword: (name: string, password: string) => void;
  readonly remove: (name: string) => void;
  /** How many there are with the role `admin`. */
  readonly admins: () => number;
  readonly seen: (name: string, now: Date) => void;
}

/** The people in a panel's database. */
export function peopleIn(database: DatabaseSync): People {
  const list = database.prepare(
    "SELECT name, role, created_at, last_seen_at FROM people ORDER BY name",
  );
  const find = database.prepare("SELECT name, role, password FROM people WHERE name = ?");
  const add = database.prepare(
    "INSERT INTO people (name, role, password, created_at) VALUES (?, ?, ?, ?)",
  );
  const setRole = database.prepare("UPDATE people SET role = ? WHERE name = ?");
  const setPassword = database.prepare("UPDATE people SET password = ? WHERE name = ?");
  const remove = database.prepare("DELETE FROM people WHERE name = ?");
  const admins = database.prepare("SELECT count(*) AS admins FROM people WHERE role = 'admin'");
  const seen = database.prepare("UPDATE people SET last_seen_at = ? WHERE name = ?");
  return {
    list: () => list.all().map(personOf),
    find(name) {
      const row = find.get(name);
      if (row === undefined) return undefined;
      const { name: exact, role, password } = row;
      return { name: String(exact), role: Role.parse(role), password: String(password) };
    },
    add({ name, role, password }, now) {
      add.run(name, role, password, now.getTime());
    },
    setRole(name, role) {
      setRole.run(role, name);
    },
    setPassword(name, password) {
      setPassword.run(password, name);
    },
    remove(name) {
      remove.run(name);
    },
    admins: () => Number(admins.get()?.["admins"]),
    seen(name, now) {
      seen.run(now.getTime(), name);
    },
  };
}

function personOf(row: Record<string, unknown>): Person {
  const { name, role, created_at: createdAt, last_seen_at: lastSeenAt } = row;
  return Person.parse({
    name,
    role,
    createdAt: new Date(Number(createdAt)).toISOString(),
    lastSeenAt: lastSeenAt === null ? null : new Date(Number(lastSeenAt)).toISOString(),
  });
}
