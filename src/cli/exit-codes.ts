/** What the exit status of `recsys` tells a script. The one table behind the help, the docs and the code. */
export const EXIT = {
  ok: { code: 0, meaning: "done; for a server: stopped when asked to" },
  failure: { code: 1, meaning: "something failed; the message says what and what to do" },
  usage: { code: 2, meaning: "wrong command, option or configuration; nothing was started" },
  badData: { code: 3, meaning: "the data is missing or cannot be used" },
  rejected: { code: 4, meaning: "the model was rejected; what was served is still served" },
  running: { code: 5, meaning: "an execution of this name is running" },
  ended: { code: 6, meaning: "an execution of this name has ended already; choose another name" },
  interrupted: { code: 130, meaning: "stopped by Ctrl-C" },
  terminated: { code: 143, meaning: "stopped by SIGTERM" },
} as const;

/** The table as lines of help. */
export function exitCodesHelp(): string {
  const lines = Object.values(EXIT).map(
    ({ code, meaning }) => `  ${code.toString().padEnd(5)} ${meaning}`,
  );
  return ["Exit codes:", ...lines].join("\n");
}
