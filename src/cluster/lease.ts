/** Shares of a lease: how often it is renewed, and after how long without an answer the holder gives up by itself. */
const BEATS = 8;
const GIVE_UP = 0.6;

/** The shard may be another worker's by now. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
}

export interface Lease {
  /** Aborted when the lease is lost, or may be: well before anybody else can get it. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/**
 * Keeps a lease by renewing it again and again. Whoever holds it must have stopped all work on what it covers
 * within a tenth of `leaseMs` after the signal: then no two holders ever work at once, even where one is cut off from the
 * server that gives leases. A machine that was asleep is told at its next beat.
 *
 * @param renew - extends the lease by `leaseMs` from now; false if it is another's. What it rejects with is not heard:
 *   the next beat tries again
 */
export function holdLease(renew: () => Promise<boolean>, leaseMs: number): Lease {
  const lost = new AbortController();
  const lose = (why: string): void => {
    clearInterval(timer);
    lost.abort(new LeaseLostError(why));
  };
  let renewedAt = performance.now();
  let isRenewing = false;
  const beat = (): void => {
    const askedAt = performance.now();
    if (askedAt - renewedAt > leaseMs * GIVE_UP) {
      lose("Redis has not answered for too long");
      return;
    }
    if (isRenewing) return;
    isRenewing = true;
    renew()
      .then(
        (isOurs) => {
          if (isOurs) renewedAt = askedAt;
          else lose("it was given to another worker");
        },
        () => undefined,
      )
      .finally(() => {
        isRenewing = false;
      });
  };
  const timer = setInterval(beat, leaseMs / BEATS);
  beat();
  return {
    signal: lost.signal,
    end() {
      clearInterval(timer);
    },
  };
}
