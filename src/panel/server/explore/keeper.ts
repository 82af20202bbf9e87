import type { Pointer } from "../../../schema/index.ts";
import { ObjectNotFoundError, readPointer } from "../../../storage/index.ts";
import { type PanelContext, PanelError } from "../context.ts";
import { openServed, type Served } from "./served.ts";

/** After so long without a question, everything is let go. */
const IDLE_MS = 10 * 60_000;

/** Something served that is open, and how many are reading it. */
interface Open {
  readonly pointer: Pointer;
  readonly served: Promise<Served>;
  users: number;
  isOutdated: boolean;
}

/** Keeps what is served open between questions, and follows the serving pointer. */
export class Keeper {
  readonly #panel: PanelContext;
  #open: Open | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(panel: PanelContext) {
    this.#panel = panel;
  }

  /**
   * Does some work on what is served now; it stays open as long as the work takes.
   *
   * @throws PanelError if nothing is served, or what it was made from is gone
   */
  async use<T>(work: (served: Served) => Promise<T>): Promise<T> {
    const pointer = await readPointer(this.#panel.bucket, "batch_transform_inference_output");
    if (pointer === undefined) {
      this.#let();
      throw new PanelError(404, "nothing_served", "nothing is served yet: execute the core first");
    }
    const open = this.#opened(pointer);
    open.users++;
    try {
      return await work(await open.served);
    } catch (error) {
      if (!(error instanceof ObjectNotFoundError)) throw error;
      const message = `what "${pointer.execution}" was made from is no longer kept: ${error.message}`;
      throw new PanelError(404, "not_found", message);
    } finally {
      open.users--;
      await this.#closeIfDone(open);
      this.#waitForIdleness();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const open = this.#open;
    this.#let();
    await open?.served.then(
      (served) => served.close(),
      () => undefined,
    );
  }

  #opened(pointer: Pointer): Open {
    const { bucket, scratchFolder } = this.#panel;
    if (this.#open?.pointer.manifestSha256 === pointer.manifestSha256) return this.#open;
    this.#let();
    const open: Open = {
      pointer,
      served: openServed(bucket, pointer, scratchFolder),
      users: 0,
      isOutdated: false,
    };
    this.#open = open;
    open.served.catch(() => {
      open.isOutdated = true; // the next question tries again
      if (this.#open === open) this.#open = undefined;
    });
    return open;
  }

  /** Lets go of what is open: at once, or when the last reader is done. */
  #let(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    open.isOutdated = true;
    void this.#closeIfDone(open);
  }

  async #closeIfDone(open: Open): Promise<void> {
    if (!open.isOutdated || open.users > 0) return;
    const served = await open.served.catch(() => undefined);
    await served?.close();
  }

  #waitForIdleness(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#let();
    }, IDLE_MS).unref();
  }
}
