import { expect, test } from "vitest";

import { whyNotBurnable } from "../../src/recipe/index.ts";
import { type StackName, STACKS } from "../../src/schema/index.ts";

const order = (there: readonly StackName[], stack: StackName) =>
  whyNotBurnable(stack, { running: [], isThere: (name) => there.includes(name) });

test("Q111 Q112 stacks are burned in the reverse of the order in which they are deployed", () => {
  expect(STACKS.map((stack) => order(STACKS, stack))).toEqual([
    "the Responder Stack is built on it: burn that first",
    "the Responder Stack is built on it: burn that first",
    undefined,
  ]);
  expect(order(["collector", "core"], "collector")).toBe(
    "the Core Stack is built on it: burn that first",
  );
  expect(order(["collector", "core"], "core")).toBeUndefined();
  expect(order(["collector"], "collector")).toBeUndefined();
});

test("while anything is executed no stack may be burned", () => {
  for (const stack of STACKS) {
    const running = [{ workflow: "core" as const, name: "core-1" }];
    expect(whyNotBurnable(stack, { running, isThere: () => false })).toBe(
      "core-1 is running: wait for its end, or stop it",
    );
  }
});
