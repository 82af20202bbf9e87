import { CfnCondition, CfnDeletionPolicy, CfnOutput, Fn } from "aws-cdk-lib";
import { CfnBucket, CfnBucketPolicy } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

import { acknowledge } from "../acknowledge.ts";
import { either, parameter } from "../parameters.ts";

/**
 * The bucket of everything: the owner's own, or one that is made here. That one is encrypted, closed to the public, spoken
 * to over TLS only, keeps overwritten versions for a month, and stays when the stack goes: no stack deletes data.
 *
 * @returns the bucket's name
 */
export function panelBucket(scope: Construct): string {
  const given = parameter(scope, "BucketName", {
    description: "Bucket of yours in this region that is RecSys's own; empty: one is made",
    default: "",
    allowedPattern: "^(|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$",
  });
  const isMade = new CfnCondition(scope, "MakeBucket", {
    expression: Fn.conditionEquals(given, ""),
  });
  const bucket = new CfnBucket(scope, "Bucket", {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        { serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      ],
    },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] },
    versioningConfiguration: { status: "Enabled" },
    lifecycleConfiguration: {
      rules: [
        {
          id: "GiveUpUnfinishedUploads",
          status: "Enabled",
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
      ],
    },
  });
  acknowledge(bucket, {
    "AwsSolutions-S1":
      "Access logs need a second bucket; who wants them gives a bucket of their own (BucketName)",
  });
  const policy = new CfnBucketPolicy(scope, "BucketPolicy", {
    bucket: bucket.ref,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OverTlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucket.attrArn, Fn.join("", [bucket.attrArn, "/*"])],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  });
  for (const kept of [bucket, policy]) {
    kept.cfnOptions.condition = isMade;
    // A launch that fails before anything was written leaves no empty bucket behind.
    kept.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    kept.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
  const name = either(isMade, bucket.ref, given);
  new CfnOutput(scope, "BucketOfRecSys", {
    description: "The bucket of everything; it stays when this stack is deleted",
    value: name,
  });
  return name;
}
