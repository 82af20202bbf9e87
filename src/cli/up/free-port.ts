import { once } from "node:events";
import { createServer } from "node:net";

/** Fails as listening would, before hours are spent on what could then not be served. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, "listening");
  server.close();
  await once(server, "close");
}
