import type { WorkflowName } from "../../../recipe/index.ts";
import type { ExecutionsContext } from "./executions-context.ts";
import type { ExecutionService } from "./service.ts";
import type { Taken, Views } from "./views.ts";

/** Told the view as JSON; `isLast` when the execution has ended. */
export type Watcher = (view: string, isLast: boolean) => void;

/** Follows executions for those who watch them: one reading of each, however many watch. */
export class Watchers {
  readonly #views: Views;
  readonly #service: ExecutionService;
  readonly #context: ExecutionsContext;
  readonly #watched = new Map<string, Watched>();

  constructor(views: Views, service: ExecutionService, context: ExecutionsContext) {
    this.#views = views;
    this.#service = service;
    this.#context = context;
    service.on("change", (workflow, name) => {
      this.#watched.get(`${workflow}/${name}`)?.wake();
    });
  }

  /** Watches an execution, one that has yet to start included; returns what ends it. */
  watch(workflow: WorkflowName, name: string, watcher: Watcher): () => void {
    const key = `${workflow}/${name}`;
    const known = this.#watched.get(key);
    if (known !== undefined) return known.add(watcher);
    const watched = new Watched();
    this.#watched.set(key, watched);
    const unwatch = watched.add(watcher);
    void this.#follow(workflow, name, watched);
    return unwatch;
  }

  async #follow(workflow: WorkflowName, name: string, watched: Watched): Promise<void> {
    const { pollMilliseconds, quietMilliseconds, panel } = this.#context;
    const key = `${workflow}/${name}`;
    let taken: Taken | undefined;
    let version: number | undefined;
    for (;;) {
      // Whoever comes from here on is followed anew.
      if (!watched.isWanted()) {
        this.#watched.delete(key);
        return;
      }
      try {
        const live = this.#service.live(workflow, name);
        // Of an execution that runs here only what the journal has got makes another reading necessary.
        if (taken === undefined || live === undefined || live.journalVersion !== version) {
          version = live?.journalVersion;
          taken = await this.#views.take(workflow, name);
        }
        if (taken?.isEnded === true) {
          this.#watched.delete(key);
          watched.tell(JSON.stringify(taken.view()), true);
          return;
        }
        if (taken !== undefined) watched.tell(JSON.stringify(taken.view()), false);
      } catch (error) {
        panel.log.error({ err: error, workflow, name }, "the execution cannot be followed");
        taken = undefined;
      }
      await pause(quietMilliseconds);
      await watched.sleep(Math.max(0, pollMilliseconds - quietMilliseconds));
    }
  }
}

/** Those who watch one execution. */
class Watched {
  readonly #watchers = new Set<Watcher>();
  #last: string | undefined;
  #changed = false;
  #wake: (() => void) | undefined;

  add(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    if (this.#last !== undefined) watcher(this.#last, false);
    return () => {
      this.#watchers.delete(watcher);
      this.wake();
    };
  }

  isWanted(): boolean {
    return this.#watchers.size > 0;
  }

  tell(view: string, isLast: boolean): void {
    if (view === this.#last && !isLast) return;
    this.#last = view;
    for (const watcher of this.#watchers) watcher(view, isLast);
  }

  wake(): void {
    this.#changed = true;
    this.#wake?.();
  }

  /** Waits until something has changed since the last time, at most so long. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        timer.unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    this.#changed = false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
