import { expect, test } from "vitest";

import { createProgram } from "../../src/cli/program.ts";
import { recsys } from "./recsys.ts";

async function commandNames(): Promise<readonly string[]> {
  const { stdout } = await recsys(["--help"]);
  const list = /Commands:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? "";
  return [...list.matchAll(/^ {2}([\w-]+)/gm)].map((match) => match[1]!);
}

test("--help names every command and every exit code, and succeeds", async () => {
  const { code, stdout, stderr } = await recsys(["--help"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(await commandNames()).toContain("config");
  for (const exit of ["0", "1", "2", "3", "4", "5", "6", "130"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${exit} `, "m"));
  }
});

test("every command has help with at least one example that starts with its own name", async () => {
  const { commands } = createProgram(() => {
    throw new Error("help opens nothing");
  });
  expect(commands.map((command) => command.name())).toEqual(
    (await commandNames()).filter((name) => name !== "help"),
  );
  for (const command of commands) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toMatch(new RegExp(`Examples:(\n.*)*\n.*recsys ${command.name()}`));
  }
});

test("a command's --help prints it, and succeeds", async () => {
  const { code, stdout } = await recsys(["export-model", "--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: recsys export-model /);
});

test.each([
  [["nonsense"], "unknown command"],
  [["config", "--nonsense"], "unknown option"],
  [["export"], "missing required argument"],
  [["config", "--set", "seed"], "name=value"],
])("%j is a usage error, with exit code 2 and nothing on stdout", async (args, message) => {
  const { code, stdout, stderr } = await recsys(args);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});

test("with --json a failure too is JSON on stdout, and only that", async () => {
  const { code, stdout } = await recsys(["config", "--json", "--set", "training.seed=x"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { exitCode: 2, problems: [{ path: "training.seed" }] },
  });
});

test("a stack trace is shown with --verbose", async () => {
  const { stderr } = await recsys(["config", "--verbose", "--set", "training.seed=x"]);
  expect(stderr).toMatch(/^ {4}at /m);
});

test("the version is that of package.json", async () => {
  const { stdout } = await recsys(["--version"]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
