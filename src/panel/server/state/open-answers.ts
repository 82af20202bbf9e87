import type { ServerResponse } from "node:http";

/**
 * Answers under way, by session. A stream of events may go on for hours; it ends when its session does.
 */
export interface OpenAnswers {
  readonly add: (sessionKey: string, answer: ServerResponse) => void;
  /** Breaks off the answers to sessions that no longer are. */
  readonly endUnless: (isThere: (sessionKey: string) => boolean) => void;
}

/** None at first. */
export function createOpenAnswers(): OpenAnswers {
  const bySession = new Map<string, Set<ServerResponse>>();
  return {
    add(sessionKey, answer) {
      const answers = bySession.get(sessionKey) ?? new Set();
      bySession.set(sessionKey, answers.add(answer));
      answer.once("close", () => {
        answers.delete(answer);
        if (answers.size === 0 && bySession.get(sessionKey) === answers) {
          bySession.delete(sessionKey);
        }
      });
    },
    endUnless(isThere) {
      for (const [sessionKey, answers] of bySession) {
        if (isThere(sessionKey)) continue;
        for (const answer of answers) answer.destroy();
      }
    },
  };
}
