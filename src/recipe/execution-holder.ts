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

/** A lock of an execution that runs by itself, in no process of ours: it is held until it is removed. */
const Elsewhere = z.object({ elsewhere: z.string() });

/** Who holds, or held, a lock. */
export interface Holder {
  /** "in process 12", "in process 12 on a-machine", "in Step Functions in eu-west-1". */
  readonly where: string;
  readonly isAlive: boolean;
  /** Does it run by itself, in no process of ours? */
  readonly isService: boolean;
}

/** A lock's text that names this process, as of now. */
export function thisProcess(): string {
  const identity = identifyProcess(process.pid)!;
  const lock = { machine: hostname(), ...identity, beatAt: new Date().toISOString() };
  return JSON.stringify(lock satisfies z.infer<typeof Lock>);
}

/** A lock's text that leaves the execution to a service. */
export function elsewhere(place: string): string {
  return JSON.stringify({ elsewhere: place } satisfies z.infer<typeof Elsewhere>);
}

/**
 * Who holds a lock. A process on this machine is known by its number and its start, so that another with the same number is not
 * taken for it; of one on another machine, as a bucket in S3 may have, only its beat is seen.
 */
export function holderOf(lock: string, now = new Date()): Holder {
  const json: unknown = JSON.parse(lock);
  const service = Elsewhere.safeParse(json);
  if (service.success)
    return { where: `in ${service.data.elsewhere}`, isAlive: true, isService: true };
  const { machine, beatAt, ...identity } = Lock.parse(json);
  const isHere = machine === hostname();
  const isAlive = isHere
    ? isProcessAlive(identity)
    : now.getTime() - Date.parse(beatAt) < SILENCE_MS;
  const where = `in process ${identity.pid}${isHere ? "" : ` on ${machine}`}`;
  return { where, isAlive, isService: false };
}
