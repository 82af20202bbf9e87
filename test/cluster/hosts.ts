import { spawnSync } from "node:child_process";
import { connect, createServer, type Server } from "node:net";

/** Where the machine that the tests run on is reached by the hosts; nobody else does. */
export const HUB = "10.77.0.1";
const BRIDGE = "recsysbr0";

/** Why there can be no hosts, if there can be none. */
export const NO_HOSTS = whyNot();
if (NO_HOSTS !== undefined) console.warn(`tests of a cluster's hosts are skipped: ${NO_HOSTS}`);

/** A machine as far as the network is concerned: a network namespace with a cable to the hub. */
export class Host {
  readonly name: string;
  readonly #cable: string;

  constructor(index: number) {
    this.name = `recsys-host-${index}`;
    this.#cable = `recsysv${index}`;
    ip(`netns add ${this.name}`);
    ip(`link add ${this.#cable} type veth peer name eth0 netns ${this.name}`);
    ip(`link set ${this.#cable} master ${BRIDGE} up`);
    ip(`-n ${this.name} addr add 10.77.0.${10 + index}/24 dev eth0`);
    ip(`-n ${this.name} link set eth0 up`);
    ip(`-n ${this.name} link set lo up`);
  }

  /** What a program is started by to run there. */
  get prefix(): readonly string[] {
    return ["ip", "netns", "exec", this.name];
  }

  /** Pulls the cable: nobody is told. */
  cut(): void {
    ip(`link set ${this.#cable} down`);
  }

  mend(): void {
    ip(`link set ${this.#cable} up`);
  }

  remove(): void {
    ip(`netns del ${this.name}`);
  }
}

/** Lets hosts reach a server that listens on this machine's loopback alone, at the same port of the hub. */
export async function offer(port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(port, HUB, resolve));
  return server;
}

/** Makes the hub and so many hosts; remove all of it with what is given back. */
export function makeHosts(count: number): { hosts: readonly Host[]; remove: () => void } {
  ip(`link add ${BRIDGE} type bridge`);
  ip(`addr add ${HUB}/24 dev ${BRIDGE}`);
  ip(`link set ${BRIDGE} up`);
  const hosts = Array.from({ length: count }, (_, i) => new Host(i + 1));
  return {
    hosts,
    remove: () => {
      for (const host of hosts) host.remove();
      ip(`link del ${BRIDGE}`);
    },
  };
}

function ip(command: string): void {
  const { status, stderr } = spawnSync("ip", command.split(" "), { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${command}: ${stderr}`);
}

function whyNot(): string | undefined {
  const probe = spawnSync("ip", ["netns", "add", "recsys-probe"], { encoding: "utf8" });
  if (probe.error !== undefined) return "there is no program ip (package iproute2)";
  if (probe.status !== 0) return `network namespaces may not be made: ${probe.stderr.trim()}`;
  ip("netns del recsys-probe");
  return undefined;
}
