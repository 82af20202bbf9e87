import { type Bucket, readPointer } from "../../storage/index.ts";
import { type DashboardOptions, openRollups, type Rollups } from "./rollup-database.ts";

/** There are no figures yet. */
export class NoFiguresError extends Error {
  override readonly name = "NoFiguresError";
}

/** Open rollups, and how many answers are being made from them. */
interface Held {
  readonly rollups: Rollups;
  users: number;
  /** Has the pointer moved on? Then the last user closes them. */
  isOld: boolean;
}

/** The rollups that the pointer of `kpi` names: when it moves, those before stay open until nobody needs them. */
export class CurrentRollups {
  readonly #bucket: Bucket;
  readonly #options: DashboardOptions;
  #current: Held | undefined;
  /** Looks at the pointer come one after the other, so that nothing is opened twice. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(bucket: Bucket, options: DashboardOptions) {
    this.#bucket = bucket;
    this.#options = options;
  }

  /** @throws NoFiguresError if the pointer names none */
  async use<T>(work: (rollups: Rollups) => Promise<T>): Promise<T> {
    const look = this.#turn.then(() => this.#hold());
    this.#turn = look.catch(() => undefined); // told to the one who asked
    const held = await look;
    try {
      return await work(held.rollups);
    } finally {
      held.users--;
      closeIfUnused(held);
    }
  }

  /** Closes the rollups once the answers that are being made are there. */
  async close(): Promise<void> {
    await this.#turn;
    this.#leave();
  }

  async #hold(): Promise<Held> {
    const pointer = await readPointer(this.#bucket, "kpi");
    if (pointer === undefined) {
      throw new NoFiguresError(
        `there are no figures in ${this.#bucket.url} yet; execute the collector first`,
      );
    }
    if (this.#current?.rollups.manifestSha256 !== pointer.manifestSha256) {
      const rollups = await openRollups(this.#bucket, pointer, this.#options);
      this.#leave();
      this.#current = { rollups, users: 0, isOld: false };
    }
    this.#current.users++;
    return this.#current;
  }

  #leave(): void {
    if (this.#current === undefined) return;
    this.#current.isOld = true;
    closeIfUnused(this.#current);
    this.#current = undefined;
  }
}

function closeIfUnused({ rollups, users, isOld }: Held): void {
  if (isOld && users === 0) rollups.close();
}
