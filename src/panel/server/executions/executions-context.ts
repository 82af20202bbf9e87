import type { PanelContext } from "../context.ts";

/** What the routes of executions work with. */
export interface ExecutionsContext {
  readonly panel: PanelContext;
  /**
   * The job binary's entry.
   *
   * @default the product's own
   */
  readonly jobEntry: string | undefined;
  /** Between two looks at an execution that another process runs. */
  readonly pollMilliseconds: number;
  /** Between two events of one stream, at least. */
  readonly quietMilliseconds: number;
  /** Between two signs of life of a stream that has nothing to say. */
  readonly heartbeatMilliseconds: number;
}
