import type { DatabaseSync } from "node:sqlite";

import { sha256Of } from "./secret.ts";

/** Failures that were counted, and when the last was. */
export interface CountedFailures {
  readonly count: number;
  readonly lastAt: number;
}

/** Logins that failed, by what they have in common, and what is known of those that did not; they outlive a restart. */
export interface LoginFailures {
  readonly of: (key: string) => CountedFailures;
  /** Counts one more, and keeps the key for so many milliseconds from now on. */
  readonly add: (key: string, now: Date, keptFor: number) => void;
  /** Takes one back that turned out to be none. */
  readonly takeBack: (key: string) => void;
  readonly forget: (key: string) => void;
  /** Forgets what was kept long enough, and of what is too much what would be forgotten first. */
  readonly sweep: (now: Date) => void;
}

/** Keys that are remembered; so many would take 10,000 names and addresses that fail on one day. */
const MOST_REMEMBERED = 10_000;

/**
 * The failures in a panel's database. Of a key only the SHA-256 is kept: what is typed as a name may be a password.
 */
export function loginFailuresIn(database: DatabaseSync): LoginFailures {
  const find = database.prepare("SELECT count, last_at FROM login_failures WHERE key_sha256 = ?");
  const add = database.prepare(
    `INSERT INTO login_failures VALUES (?1, 1, ?2, ?3)
     ON CONFLICT (key_sha256) DO UPDATE SET count = count + 1, last_at = ?2, kept_until = ?3`,
  );
  const takeBack = database.prepare(
    "UPDATE login_failures SET count = max(0, count - 1) WHERE key_sha256 = ?",
  );
  const forget = database.prepare("DELETE FROM login_failures WHERE key_sha256 = ?");
  const sweep = database.prepare("DELETE FROM login_failures WHERE kept_until <= ?");
  const sweepMore = database.prepare(
    `DELETE FROM login_failures WHERE key_sha256 IN
       (SELECT key_sha256 FROM login_failures ORDER BY kept_until DESC LIMIT -1 OFFSET ${MOST_REMEMBERED})`,
  );
  return {
    of(key) {
      const row = find.get(sha256Of(key));
      return { count: Number(row?.["count"] ?? 0), lastAt: Number(row?.["last_at"] ?? 0) };
    },
    add(key, now, keptFor) {
      add.run(sha256Of(key), now.getTime(), now.getTime() + keptFor);
    },
    takeBack(key) {
      takeBack.run(sha256Of(key));
    },
    forget(key) {
      forget.run(sha256Of(key));
    },
    sweep(now) {
      sweep.run(now.getTime());
      sweepMore.run();
    },
  };
}
