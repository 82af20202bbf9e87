import type { DatabaseSync } from "node:sqlite";

import { Role } from "../../../schema/index.ts";
import { newSecret, sha256Of } from "./secret.ts";

/** A login that counts. */
export interface Session {
  /** SHA-256 of its id. */
  readonly key: string;
  readonly name: string;
  readonly role: Role;
}

/** How long a login lasts, in milliseconds. */
export interface SessionLimits {
  readonly idle: number;
  readonly whole: number;
}

/** Who is logged in. */
export interface Sessions {
  /** @returns the id, for the cookie; it is kept nowhere */
  readonly begin: (name: string, now: Date) => string;
  /** The session of an id, unless it is over; counts as use. */
  readonly use: (id: string, now: Date) => Session | undefined;
  readonly end: (key: string) => void;
  /** Ends every session of a person. */
  readonly endAllOf: (name: string) => void;
  /** Forgets what is over. */
  readonly sweep: (now: Date) => void;
  /** Is the session of this key still there? */
  readonly has: (key: string) => boolean;
}

/** Uses of a session closer than this write nothing. */
const NOTED_EVERY = 60_000;

/** The sessions in a panel's database. */
export function sessionsIn(database: DatabaseSync, limits: SessionLimits): Sessions {
  const begin = database.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?)");
  const find = database.prepare(
    `SELECT people.name, people.role, sessions.created_at, sessions.last_seen_at
     FROM sessions JOIN people USING (name) WHERE id_sha256 = ?`,
  );
  const use = database.prepare("UPDATE sessions SET last_seen_at = ? WHERE id_sha256 = ?");
  const seen = database.prepare("UPDATE people SET last_seen_at = ? WHERE name = ?");
  const end = database.prepare("DELETE FROM sessions WHERE id_sha256 = ?");
  const endAllOf = database.prepare("DELETE FROM sessions WHERE name = ?");
  const sweep = database.prepare("DELETE FROM sessions WHERE last_seen_at <= ? OR created_at <= ?");
  const has = database.prepare("SELECT 1 FROM sessions WHERE id_sha256 = ?");
  return {
    begin(name, now) {
      const id = newSecret();
      begin.run(sha256Of(id), name, now.getTime(), now.getTime());
      seen.run(now.getTime(), name);
      return id;
    },
    use(id, now) {
      const key = sha256Of(id);
      const row = find.get(key);
      if (row === undefined) return undefined;
      const idle = now.getTime() - Number(row["last_seen_at"]);
      if (idle >= limits.idle || now.getTime() - Number(row["created_at"]) >= limits.whole) {
        end.run(key);
        return undefined;
      }
      if (idle >= Math.min(NOTED_EVERY, limits.idle / 2)) {
        use.run(now.getTime(), key);
        seen.run(now.getTime(), String(row["name"]));
      }
      return { key, name: String(row["name"]), role: Role.parse(row["role"]) };
    },
    end(key) {
      end.run(key);
    },
    endAllOf(name) {
      endAllOf.run(name);
    },
    sweep(now) {
      sweep.run(now.getTime() - limits.idle, now.getTime() - limits.whole);
    },
    has: (key) => has.get(key) !== undefined,
  };
}
