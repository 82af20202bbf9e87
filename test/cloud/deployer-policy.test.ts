import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { fillIn } from "./fill-in.ts";
import { NEEDS } from "./needs.ts";
import { allows, type PolicyStatement } from "./policies.ts";
import { template } from "./templates.ts";

const page = readFileSync(new URL("../../docs/aws.md", import.meta.url), "utf8");
const statements = [...page.matchAll(/```json\n(.*?)```/gs)]
  .map(([, text]) => JSON.parse(text!) as { readonly Statement?: readonly PolicyStatement[] })
  .flatMap(({ Statement }) => Statement ?? []);

test("Q133 the policy in docs/aws.md is enough for whoever creates, changes and deletes the panel's stack", () => {
  const { Resources } = fillIn(template("RecSysPanelAdmin"), {
    TlsSecretArn: "arn:x",
    BucketKmsKeyArn: "arn:y",
  });
  const missing = Object.entries(Resources).flatMap(([name, resource]) =>
    NEEDS[resource.Type]!(resource).flatMap(([actions, arn]) =>
      actions
        .split(" ")
        .filter((action) => !allows(statements, action, arn))
        .map((action) => `${name} ${action} ${arn}`),
    ),
  );
  expect(missing).toEqual([]);
});

test("that policy reaches no role, bucket or stack of another name", () => {
  expect(allows(statements, "iam:PutRolePolicy", "arn:aws:iam::111122223333:role/Admin")).toBe(
    false,
  );
  expect(allows(statements, "s3:PutBucketPolicy", "arn:aws:s3:::orders")).toBe(false);
  expect(
    allows(
      statements,
      "cloudformation:DeleteStack",
      "arn:aws:cloudformation:eu-west-1:111122223333:stack/Orders/1",
    ),
  ).toBe(false);
  expect(allows(statements, "iam:CreateUser", "arn:aws:iam::111122223333:user/x")).toBe(false);
});
