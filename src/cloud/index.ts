export * from "./deployer/index.ts";
export * from "./executions/index.ts";
export * from "./offers/index.ts";
export {
  type GroupEvent,
  isGatewayStream,
  latestGroupEvents,
  LogGroupUnreadableError,
  type LogWriter,
} from "./logs/index.ts";
