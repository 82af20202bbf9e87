import {
  DescribeStackEventsCommand,
  paginateDescribeStackEvents,
  type StackEvent,
} from "@aws-sdk/client-cloudformation";

import type { Account } from "./account.ts";
import { growingPauses } from "./pauses.ts";
import { isUnderWay, readStack, type StackStanding } from "./stack-status.ts";

/** Something that happened to a stack or to one of its resources. */
export interface ShownEvent {
  readonly at: string;
  /** Its name in the template; the stack's name for the stack itself. */
  readonly resource: string;
  readonly type: string;
  /** `CREATE_COMPLETE`, `DELETE_SKIPPED` … */
  readonly status: string;
  readonly reason: string | null;
}

/** Its latest event, so that what comes after it can be told; `undefined` before the first. */
export async function latestEvent({ stacks }: Account, id: string): Promise<string | undefined> {
  const { StackEvents: [event] = [] } = await stacks.send(
    new DescribeStackEventsCommand({ StackName: id }),
  );
  return event?.EventId;
}

/**
 * Tells a stack's events after one of them, each once and in their order, until nothing is under way any more.
 *
 * It is asked for by its id, since a deleted stack is known by that only.
 *
 * @returns how the stack stands then
 */
export async function followStack(
  account: Account,
  id: string,
  { after, tell, signal }: Following,
): Promise<StackStanding> {
  const told = new Set<string>();
  const pause = growingPauses(signal);
  for (;;) {
    // First the standing: an event that comes between the two looks is told too.
    const standing = await readStack(account, id);
    for (const event of await eventsAfter(account, id, after)) {
      if (told.has(event.EventId!)) continue;
      told.add(event.EventId!);
      tell(shownEvent(event));
    }
    // A change set that makes a stack leaves it in review until CloudFormation has begun.
    const isBegun = standing !== undefined && standing.status !== "REVIEW_IN_PROGRESS";
    if (isBegun && !isUnderWay(standing.status)) return standing;
    await pause();
  }
}

/** The same from the beginning of what it is doing now, which somebody else has begun. */
export async function followStandingStack(
  account: Account,
  id: string,
  { tell, signal }: Omit<Following, "after">,
): Promise<StackStanding> {
  return followStack(account, id, { after: await beforeTheWork(account, id), tell, signal });
}

/** What is told of the stack itself when somebody lets it be made, changed or removed; the rest of the work follows from it. */
const BEGINNINGS = new Set(["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"]);

/** The last event before what is being done now, or was done last; `undefined` where that is all there ever was. */
async function beforeTheWork(account: Account, id: string): Promise<string | undefined> {
  const events = await eventsAfter(account, id, undefined);
  const first = events.findLastIndex(
    ({ PhysicalResourceId, ResourceStatus = "" }) =>
      PhysicalResourceId === id && BEGINNINGS.has(ResourceStatus),
  );
  return events[first - 1]?.EventId;
}

/** What is told, and until when. */
export interface Following {
  /** An event's id; all where there is none. Clocks differ, ids do not. */
  readonly after: string | undefined;
  readonly tell: (event: ShownEvent) => void;
  readonly signal: AbortSignal;
}

/** The oldest first; AWS gives the newest first. */
async function eventsAfter(
  { stacks: client }: Account,
  id: string,
  after: string | undefined,
): Promise<readonly StackEvent[]> {
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client }, { StackName: id })) {
    for (const event of page.StackEvents ?? []) {
      if (event.EventId === after) return events.reverse();
      events.push(event);
    }
  }
  return events.reverse();
}

function shownEvent(event: StackEvent): ShownEvent {
  return {
    at: event.Timestamp!.toISOString(),
    resource: event.LogicalResourceId ?? "",
    type: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    reason: event.ResourceStatusReason ?? null,
  };
}
