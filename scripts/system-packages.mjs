/**
 * Programs that tests use beside the npm packages. Installed with the system's package manager where
 * this process may; elsewhere the tests that need one skip and say so.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Tier of the tests → command → package, by package manager. */
const PROGRAMS = {
  fast: {
    python3: { apt: "python3 python3-venv" },
    // Workers meet at it; not every system has it.
    "redis-server": { apt: "redis-server", isOptional: true },
  },
  slow: {
    python3: { apt: "python3 python3-venv" },
    "redis-server": { apt: "redis-server", isOptional: true },
    // Machines that are cut off from each other are network namespaces.
    ip: { apt: "iproute2" },
    // They build and run the container image.
    buildah: { apt: "buildah" },
    mmdebstrap: { apt: "mmdebstrap" },
    runc: { apt: "runc" },
  },
};

/** Installs what is missing for a tier, if this is a system with apt and we are root. */
export function installSystemPackages(tier) {
  const programs = PROGRAMS[tier] ?? PROGRAMS.fast;
  const missing = Object.keys(programs).filter((command) => !isThere(command));
  if (missing.length === 0) return;
  if (!mayUseApt()) {
    console.log(
      `not installed, and may not be from here: ${missing.join(", ")}; tests that need them skip`,
    );
    return;
  }
  // Each by itself: one that there is not keeps apt-get from installing any.
  for (const command of missing) {
    console.log(`Installing system packages: ${programs[command].apt} …`);
    aptGetInstall(programs[command].apt.split(" "));
  }
  const still = missing.filter((command) => !isThere(command) && !programs[command].isOptional);
  if (still.length > 0) {
    // A test skipped for a program that can be had would hide what it tests.
    console.error(`apt-get could not install ${still.join(", ")}; install it by hand`);
    process.exit(1);
  }
}

/** Is this a system with apt, and are we root? */
export function mayUseApt() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/** Installs packages quietly; whether they are there afterwards is for the caller to see. */
export function aptGetInstall(packages) {
  const quiet = { stdio: ["ignore", "ignore", "inherit"] };
  spawnSync("apt-get", ["update", "-qq"], quiet);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
    ...quiet,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function isThere(command) {
  const flag = command === "ip" ? "-V" : "--version";
  return spawnSync(command, [flag], { stdio: "ignore" }).error === undefined;
}
