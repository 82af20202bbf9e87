import { hash, verify } from "@node-rs/argon2";

import { PanelError } from "../context.ts";

/** Hashes and checks passwords with argon2id (19 MiB, 2 passes: OWASP's and the library's measure). */
export interface Passwords {
  readonly hash: (password: string) => Promise<string>;
  /** Takes as long for a person who does not exist (`undefined`) as for one who does. */
  readonly matches: (password: string, hashed: string | undefined) => Promise<boolean>;
}

/** Hashes that may wait. Each takes some 20 ms: who comes after so many is told to come again. */
const MOST_WAITING = 50;

/**
 * One hash after the other: they run in the thread pool that also reads the recommendations from the disk, and a
 * flood of logins must not take all of it.
 */
export function createPasswords(): Passwords {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING) {
      throw new PanelError(
        429,
        "too_many",
        "too many logins at this moment; try again in a few seconds",
      );
    }
    waiting++;
    const result = last.then(work).finally(() => waiting--);
    last = result.catch(() => undefined);
    return result;
  };
  let nobody: Promise<string> | undefined;
  return {
    hash: (password) => inTurn(() => hash(password)),
    matches: (password, hashed) =>
      inTurn(async () => {
        nobody ??= hash("nobody's password");
        const matches = await verify(hashed ?? (await nobody), password);
        return matches && hashed !== undefined;
      }),
  };
}
