import type { DatabaseSync } from "node:sqlite";

import { AuditEntry, type AuditPage } from "../../../schema/index.ts";

/** Who did what; only ever appended to. */
export interface AuditLog {
  readonly add: (entry: Omit<AuditEntry, "time">, now: Date) => void;
  /** The latest first, at most `limit`, of those before the entry with the number `before`. */
  readonly page: (limit: number, before?: number) => AuditPage;
}

/** The audit log in a panel's database. */
export function auditLogIn(database: DatabaseSync): AuditLog {
  const add = database.prepare(
    "INSERT INTO audit (time, person, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
  );
  const page = database.prepare(
    "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
  );
  return {
    add({ person, action, subject, detail }, now) {
      add.run(now.getTime(), person, action, subject, detail);
    },
    page(limit, before = Number.MAX_SAFE_INTEGER) {
      const rows = page.all(before, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1)?.["number"];
      return {
        entries: shown.map(({ time, person, action, subject, detail }) =>
          AuditEntry.parse({
            time: new Date(Number(time)).toISOString(),
            person,
            action,
            subject,
            detail,
          }),
        ),
        next: rows.length > limit && last !== undefined ? Number(last) : null,
      };
    },
  };
}
