export * from "./deployer/index.ts";
export * from "./executions/index.ts";
export * from "./offers/index.ts";
