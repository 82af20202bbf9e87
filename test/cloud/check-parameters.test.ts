import { describe, expect, test } from "vitest";

import { checkParameters } from "../../src/cloud/deployer/check-parameters.ts";
import { templateText } from "./templates.ts";

const GOOD = {
  BucketName: "shop-bucket",
  ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0",
};
const check = (given: Readonly<Record<string, string>>) => () => {
  checkParameters(templateText("RecSysCollectorStack"), given);
};

describe("a stack's parameters", () => {
  test("those without a default are enough", () => {
    expect(check(GOOD)).not.toThrow();
  });

  test("all that is wrong is told at once: unknown, missing, not allowed", () => {
    expect(check({ BucketName: "Shop_Bucket", Colour: "red" })).toThrow(
      /^the stack's parameters: there is no Colour; there are BucketName, .*; BucketName must be .*, got "Shop_Bucket"; ImageUri is missing$/,
    );
  });

  test("of a choice the choices are named", () => {
    const given = {
      BucketName: "shop-bucket",
      CodeBucket: "b-b",
      CodeKey: "x.zip",
      ApiAccessLogs: "maybe",
    };
    expect(() => {
      checkParameters(templateText("RecSysResponderStack"), given);
    }).toThrow('ApiAccessLogs must be one of true, false, got "maybe"');
  });
});
