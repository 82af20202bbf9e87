import { isIPv6 } from "node:net";

import { PanelError } from "../context.ts";

/** Counts logins that failed, by name and by address. */
export interface LoginAttempts {
  /**
   * Counts an attempt beforehand, so that many at once count too.
   *
   * @returns what takes it back once it has succeeded
   * @throws PanelError when there were too many
   */
  readonly begin: (name: string, address: string, now: Date) => () => void;
}

const WINDOW = 15 * 60 * 1000;
const MOST_BY_NAME = 10;
const MOST_BY_ADDRESS = 30;
/** Names and addresses that are remembered; the oldest are forgotten first. */
const MOST_REMEMBERED = 10_000;

interface Failures {
  count: number;
  readonly until: number;
}

/** None at first; a new start of the panel forgets them. */
export function createLoginAttempts(): LoginAttempts {
  const failures = new Map<string, Failures>();

  const failuresOf = (key: string, now: number): Failures => {
    const known = failures.get(key);
    if (known !== undefined && known.until > now) return known;
    failures.delete(key); // so that the new one is the latest of the map's order
    const fresh = { count: 0, until: now + WINDOW };
    failures.set(key, fresh);
    for (const oldest of failures.keys()) {
      if (failures.size <= MOST_REMEMBERED) break;
      failures.delete(oldest);
    }
    return fresh;
  };

  return {
    begin(name, address, now) {
      const byName = failuresOf(`name ${name.toLowerCase()}`, now.getTime());
      const byAddress = failuresOf(`address ${network(address)}`, now.getTime());
      if (byName.count >= MOST_BY_NAME) throw tooMany(byName, now);
      if (byAddress.count >= MOST_BY_ADDRESS) throw tooMany(byAddress, now);
      byName.count++;
      byAddress.count++;
      return () => {
        byName.count = 0;
        byAddress.count--;
      };
    },
  };
}

function tooMany({ until }: Failures, now: Date): PanelError {
  const minutes = Math.ceil((until - now.getTime()) / 60_000);
  return new PanelError(429, "too_many", `too many failed logins; try again in ${minutes} min`);
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
