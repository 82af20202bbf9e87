import { isIPv6 } from "node:net";

import { PanelError } from "../context.ts";
import type { LoginFailures, PanelState } from "../state/index.ts";

/** Slows logins down that fail again and again. */
export interface LoginAttempts {
  /**
   * Counts an attempt beforehand, so that many at once count too.
   *
   * @returns what takes it back once it has succeeded
   * @throws PanelError while it has to wait; that is not counted
   */
  readonly begin: (name: string, address: string, now: Date) => () => void;
}

/** How many failures are free, and how long the wait after each further one is: twice the one before, up to the longest. */
interface Rule {
  readonly free: number;
  readonly firstWait: number;
}

const LONGEST_WAIT = 15 * 60_000;
/** A day after its last failure a key begins anew. Sooner, and who guesses would only have to pause. */
const FORGOTTEN_AFTER = 24 * 3_600_000;
/** So long an address stays known to be a name's. */
const KNOWN_FOR = 90 * 24 * 3_600_000;

/** A name from an address: what a person who mistypes, or somebody who guesses, adds to. */
const OF_BOTH: Rule = { free: 10, firstWait: 30_000 };
/** An address under whatever names. */
const OF_ADDRESS: Rule = { free: 30, firstWait: 30_000 };
/** A name from wherever: only many addresses together come so far. */
const OF_NAME: Rule = { free: 100, firstWait: 30_000 };

/**
 * Counts failures by name and address together, so that nobody who fails under another's name can shut out its owner, who
 * comes from another address; by address, against guesses under many names; and by name, against guesses from many
 * addresses. Where a name has logged in before, only the first counts. All of it is in the panel's state.
 */
export function createLoginAttempts({
  loginFailures: failures,
  together,
}: Pick<PanelState, "loginFailures" | "together">): LoginAttempts {
  return {
    begin: (name, address, now) =>
      together(() => {
        failures.sweep(now);
        const from = network(address);
        const who = name.toLowerCase();
        const keys = {
          both: `both ${from} ${who}`,
          address: `address ${from}`,
          name: `name ${who}`,
        };
        const known = `known ${from} ${who}`;
        const isKnown = failures.of(known).count > 0;
        const until = Math.max(
          opensAt(failures, keys.both, OF_BOTH),
          isKnown ? 0 : opensAt(failures, keys.address, OF_ADDRESS),
          isKnown ? 0 : opensAt(failures, keys.name, OF_NAME),
        );
        if (until > now.getTime()) throw tooMany(until - now.getTime());
        for (const key of Object.values(keys)) failures.add(key, now, FORGOTTEN_AFTER);
        return () => {
          together(() => {
            failures.forget(keys.both);
            failures.takeBack(keys.address);
            failures.takeBack(keys.name);
            failures.add(known, now, KNOWN_FOR);
          });
        };
      }),
  };
}

/** From when on a key may be tried again. */
function opensAt(failures: LoginFailures, key: string, { free, firstWait }: Rule): number {
  const { count, lastAt } = failures.of(key);
  if (count < free) return 0;
  return lastAt + Math.min(LONGEST_WAIT, firstWait * 2 ** (count - free));
}

function tooMany(milliseconds: number): PanelError {
  const seconds = Math.ceil(milliseconds / 1000);
  const wait = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return new PanelError(429, "too_many", `too many failed logins; try again in ${wait}`);
}

/** Who has an IPv6 address has 2^64 of them. */
function network(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill("0"), ...groups(tail)];
  return all.slice(0, 4).join(":");
}
