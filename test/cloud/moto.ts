import { type Emulator, startEmulator } from "./emulator.ts";

/** Starts moto, an emulator of EC2, SageMaker and others that knows no time: everything is done at once. */
export function startMoto(): Promise<Emulator> {
  return startEmulator("moto.server", { args: (port) => ["-H", "127.0.0.1", "-p", String(port)] });
}
