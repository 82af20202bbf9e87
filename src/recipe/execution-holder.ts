import { hostname } from "node:os";

import { z } from "zod";

import { identifyProcess, isProcessAlive } from "../jobs/index.ts";

/** What a lock says of who holds it. */
const Lock = z.object({
  machine: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  /** When it last said that it is there: all that another machine can go by. */
  beatAt: z.iso.datetime(),
});

/** A holder on another machine that has been silent for so long is dead. Clocks must agree better than that. */
const SILENCE_MS = 90_000;

/** A process that holds, or held, a lock. */
export interface Holder {
  readonly machine: string;
  readonly pid: number;
  readonly isHere: boolean;
  readonly isAlive: boolean;
}

/** A lock's text that names this process, as of now. */
export function thisProcess(): string {
  const identity = identifyProcess(process.pid)!;
  const lock = { machine: hostname(), ...identity, beatAt: new Date().toISOString() };
  return JSON.stringify(lock satisfies z.infer<typeof Lock>);
}

/**
 * Who holds a lock. A process on this machine is known by its number and its start, so that another with the same number is not
 * taken for it; of one on another machine, as a bucket in S3 may have, only its beat is seen.
 */
export function holderOf(lock: string, now = new Date()): Holder {
  const { machine, beatAt, ...identity } = Lock.parse(JSON.parse(lock));
  const isHere = machine === hostname();
  const isAlive = isHere
    ? isProcessAlive(identity)
    : now.getTime() - Date.parse(beatAt) < SILENCE_MS;
  return { machine, pid: identity.pid, isHere, isAlive };
}
