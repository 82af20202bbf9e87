export * from "./deployer/index.ts";
