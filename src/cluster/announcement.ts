import type { Redis } from "ioredis";

import { ClusterWorker, type ListedWorker } from "../schema/index.ts";
import type { MeetingKeys } from "./meeting.ts";

const BEAT_MS = 2_000;
/** Unheard of for so long: silent. For so long: forgotten. */
const SILENT_MS = 10_000;
const FORGOTTEN_MS = 600_000;

/** Says every few seconds what a worker does. */
export class Announcement {
  readonly #redis: Redis;
  readonly #keys: MeetingKeys;
  readonly #describe: () => ClusterWorker;
  readonly #timer: NodeJS.Timeout;
  #isDue = false;
  #saying: Promise<void> | undefined;

  constructor(redis: Redis, keys: MeetingKeys, describe: () => ClusterWorker) {
    this.#redis = redis;
    this.#keys = keys;
    this.#describe = describe;
    this.#timer = setInterval(() => {
      this.say();
    }, BEAT_MS);
    this.say();
  }

  /** Says it now, or once the last word is through: words do not pile up while the server is away. */
  say(): void {
    this.#isDue = true;
    this.#saying ??= this.#sayWhatIsDue().finally(() => {
      this.#saying = undefined;
    });
  }

  /** The worker leaves, and is listed no more. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#saying;
    await this.#redis.hdel(this.#keys.workers, this.#describe().id);
  }

  /** The server's clock says when it was: those of several machines differ. */
  async #sayWhatIsDue(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      try {
        const seenAt = new Date(await serverTime(this.#redis)).toISOString();
        const worker = { ...this.#describe(), seenAt };
        await this.#redis.hset(this.#keys.workers, worker.id, JSON.stringify(worker));
      } catch {
        // The next word makes up for it.
      }
    }
  }
}

/** The workers of a cluster, by name; those that have been silent for long are forgotten. */
export async function listWorkers(
  redis: Redis,
  keys: MeetingKeys,
): Promise<readonly ListedWorker[]> {
  const now = await serverTime(redis);
  const workers: ListedWorker[] = [];
  for (const text of Object.values(await redis.hgetall(keys.workers))) {
    const worker = ClusterWorker.parse(JSON.parse(text));
    const silence = now - Date.parse(worker.seenAt);
    if (silence > FORGOTTEN_MS) await redis.hdel(keys.workers, worker.id);
    else workers.push({ ...worker, state: stateOf(worker, silence) });
  }
  return workers.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

function stateOf({ running }: ClusterWorker, silence: number): ListedWorker["state"] {
  if (silence > SILENT_MS) return "silent";
  return running.length > 0 ? "busy" : "idle";
}

/** Milliseconds since 1970 by the server's clock. */
async function serverTime(redis: Redis): Promise<number> {
  const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number);
  return seconds * 1000 + Math.floor(microseconds / 1000);
}
