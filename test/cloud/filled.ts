import { fillIn } from "./fill-in.ts";
import { type PolicyStatement, statementsOf, withAttached } from "./policies.ts";
import { template } from "./templates.ts";

const IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/recsys/jobs:1.0";
/** Values of the parameters, what is off by default on: every statement there is, is looked at. */
export const GIVEN = {
  BucketName: "shop",
  ImageUri: IMAGE,
  CodeBucket: "shop",
  CodeKey: "RecSys_Recipe_StepFunctions_CDK/dist/responder.zip",
  ReleaseBucket: "releases",
  "JobRole.Arn": "arn:aws:iam::111122223333:role/RecSys-eu-west-1-Jobs",
  "DeployRole.Arn": "arn:aws:iam::111122223333:role/deploy",
  Boundary: "arn:aws:iam::111122223333:policy/b",
  PermissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b",
  BucketKmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/k",
  TlsSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:tls",
};
export const STACKS = ["RecSysCollectorStack", "RecSysCoreStack", "RecSysResponderStack"] as const;
export const filledWith = (name: string, more = {}) =>
  withAttached(fillIn(template(name), { ...GIVEN, ...more }));
export const filled = (name: string) => filledWith(name);
export const roleOf = (stack: string, name: string): readonly PolicyStatement[] =>
  statementsOf(filled(stack).Resources[name]!);
export const objects = (place: string) =>
  `arn:aws:s3:::shop/RecSys_Recipe_StepFunctions_CDK/${place}`;
