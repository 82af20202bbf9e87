import type { PreparedDeployment } from "../../../../cloud/index.ts";
import type { RecSysConfig, StackName } from "../../../../schema/index.ts";
import { PanelError } from "../../context.ts";

/** A change that somebody was shown and may order: just that, whatever has become of the draft since. */
export interface ShownChange {
  readonly id: string;
  readonly stack: StackName;
  /** The configuration that it deploys, and its number. */
  readonly config: RecSysConfig;
  readonly number: number;
  readonly prepared: PreparedDeployment;
}

/** Several people may look at once; who looks more often than that has forgotten the first. */
const MOST_OF_A_STACK = 5;

/** The changes that wait for somebody's word; CloudFormation has their change sets, a server that ends forgets them. */
export class ShownChanges {
  readonly #shown = new Map<string, ShownChange>();

  /** Keeps a change and gives up the oldest of its stack, if they are too many. */
  async keep(change: ShownChange): Promise<void> {
    this.#shown.set(change.id, change);
    const ofStack = [...this.#shown.values()].filter(({ stack }) => stack === change.stack);
    if (ofStack.length <= MOST_OF_A_STACK) return;
    const [oldest] = ofStack;
    this.#shown.delete(oldest!.id);
    await oldest!.prepared.drop();
  }

  /** @throws PanelError if it is not there any more */
  find(stack: StackName, id: string | undefined): ShownChange {
    const change = id === undefined ? undefined : this.#shown.get(id);
    if (change?.stack === stack) return change;
    throw outOfDate(
      "the change that was shown is not there any more: the server was started again, or somebody has deployed since",
    );
  }

  /** Forgets all of a stack: CloudFormation does so when one of them is carried out. */
  forget(stack: StackName): void {
    for (const change of this.#shown.values()) {
      if (change.stack === stack) this.#shown.delete(change.id);
    }
  }
}

/** What was shown is not what would be done. */
export function outOfDate(why: string): PanelError {
  return new PanelError(409, "conflict", `${why}; look once more at what would change`);
}
