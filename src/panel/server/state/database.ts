import { chmodSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The version of {@link SCHEMA}, kept in the file; a later one brings the file of an earlier one up to date. */
const VERSION = 2;

/**
 * Opens the database of the panel's own state; makes it when it is not there. Other processes may have it open too:
 * `recsys invite` writes while the panel runs.
 *
 * @param folder - readable by its owner alone
 */
export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = join(folder, "panel.sqlite");
  const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
  chmodSync(file, 0o600);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  inTransaction(database, () => {
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (version > VERSION) {
      throw new Error(
        `${file}: was written by a newer version of RecSys (format ${version}, this one knows ${VERSION}); update RecSys`,
      );
    }
    if (version < 1) database.exec(SCHEMA);
    if (version < 2) database.exec(LOGIN_FAILURES);
    database.exec(`PRAGMA user_version = ${VERSION}`);
  });
  return database;
}

/** All of it or nothing; no other writer comes between. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/**
 * Names are compared without regard to case, so that nobody can be taken for somebody else. Of what lets somebody in
 * (session ids, links) only the SHA-256 is kept. Times are Unix milliseconds.
 */
const SCHEMA = `
  CREATE TABLE instance (id TEXT NOT NULL) STRICT;
  INSERT INTO instance VALUES (lower(hex(randomblob(4))));

  CREATE TABLE people (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER
  ) STRICT;

  CREATE TABLE sessions (
    id_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE REFERENCES people (name) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE invitations (
    token_sha256 TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    person TEXT COLLATE NOCASE,
    made_by TEXT NOT NULL COLLATE NOCASE,
    expires_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
  CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
`;

/** Since format 2. */
const LOGIN_FAILURES = `
  CREATE TABLE login_failures (
    key_sha256 TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    kept_until INTEGER NOT NULL
  ) STRICT;
`;
