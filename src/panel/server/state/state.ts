import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { PanelConfig } from "../../../schema/index.ts";
import { type AuditLog, auditLogIn } from "./audit-log.ts";
import { inTransaction, openDatabase } from "./database.ts";
import { type Invitations, invitationsIn } from "./invitations.ts";
import { createOpenAnswers, type OpenAnswers } from "./open-answers.ts";
import { type LoginFailures, loginFailuresIn } from "./login-failures.ts";
import { type People, peopleIn } from "./people.ts";
import { type Sessions, sessionsIn } from "./sessions.ts";

/** What the panel keeps on its own disk, never in the bucket: who may come in, who is in, who did what. */
export interface PanelState {
  readonly people: People;
  readonly sessions: Sessions;
  readonly invitations: Invitations;
  readonly loginFailures: LoginFailures;
  readonly audit: AuditLog;
  readonly openAnswers: OpenAnswers;
  /** Sets this panel's cookie apart from those of other panels of the same host. */
  readonly instance: string;
  /** For files that the panel works on. */
  readonly scratchFolder: string;
  /** All of it or nothing. */
  readonly together: <T>(work: () => T) => T;
  readonly close: () => void;
}

/** Opens the panel's state in a folder that is its owner's alone; made when it is not there. */
export function openPanelState(
  folder: string,
  { sessionIdleMinutes, sessionHours }: PanelConfig,
): PanelState {
  const database = openDatabase(folder);
  const scratchFolder = join(folder, "scratch");
  mkdirSync(scratchFolder, { recursive: true, mode: 0o700 });
  const limits = { idle: sessionIdleMinutes * 60_000, whole: sessionHours * 3_600_000 };
  return {
    people: peopleIn(database),
    sessions: sessionsIn(database, limits),
    invitations: invitationsIn(database),
    loginFailures: loginFailuresIn(database),
    audit: auditLogIn(database),
    openAnswers: createOpenAnswers(),
    instance: String(database.prepare("SELECT id FROM instance").get()?.["id"]),
    scratchFolder,
    together: (work) => inTransaction(database, work),
    close: () => {
      database.close();
    },
  };
}
