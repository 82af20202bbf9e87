export {
  type GroupEvent,
  isGatewayStream,
  latestGroupEvents,
  LogGroupUnreadableError,
  type LogWriter,
} from "./group-events.ts";
export { jobPrints } from "./job-prints.ts";
