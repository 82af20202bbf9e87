import type { CfnCondition } from "aws-cdk-lib";
import { Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { RecSysConfig, type StageFolder } from "../../schema/index.ts";
import { allow, type Statement } from "./access/statement.ts";
import type { ConditionalPolicy } from "./access/conditional-policy.ts";
import { isGiven, parameter } from "./parameters.ts";

/** Where everything of RecSys lives in the bucket, a folder of a stage or one of these. */
export type Place = StageFolder | "raw_data" | `executions/${string}` | `deployments/${string}`;

/** The key that encrypts the bucket, where it is the owner's. */
export interface BucketKey {
  readonly kmsKeyArn: string;
  readonly hasKmsKey: CfnCondition;
}

/** The owner's bucket, as a stack is told of it. */
export interface OwnersBucket extends BucketKey {
  readonly name: string;
  readonly prefix: string;
}

/** The parameters that name the owner's bucket. The stacks never make or delete it. */
export function bucketParameters(scope: Construct): OwnersBucket {
  const name = parameter(scope, "BucketName", {
    description: "Bucket in this region that holds the data, the models and the recommendations",
    allowedPattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
  });
  return { name, prefix: prefixParameter(scope), ...bucketKeyParameter(scope) };
}

/** The parameter that names the folder inside the bucket. */
export function prefixParameter(scope: Construct): string {
  return parameter(scope, "BucketPrefix", {
    description: "Folder of the bucket that everything lives in",
    default: RecSysConfig.parse({}).bucketPrefix,
    allowedPattern: "^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$",
  });
}

/** The parameter that names the key that encrypts the bucket. */
export function bucketKeyParameter(scope: Construct): BucketKey {
  const kmsKeyArn = parameter(scope, "BucketKmsKeyArn", {
    description: "Key of your own that encrypts the bucket (SSE-KMS); empty: S3's or AWS's own key",
    default: "",
    allowedPattern: "^(|arn:aws[a-z-]*:kms:.+:[0-9]{12}:key/.+)$",
  });
  return { kmsKeyArn, hasKmsKey: isGiven(scope, "HasBucketKmsKey", kmsKeyArn) };
}

/** Reads objects in places of the bucket, and lists what is there. */
export function reads(places: readonly Place[]): readonly Statement[] {
  return [
    allow("ReadObjects", ["s3:GetObject"], places.map(objectsIn)),
    // "IfExists": a read has no prefix, and only who may list is told that an object is not there (404, not 403).
    allow("ListObjects", ["s3:ListBucket"], [BUCKET], {
      StringLikeIfExists: { "s3:prefix": [Fn.sub("${BucketPrefix}/*")] },
    }),
  ];
}

/** Reads one object that stands beside the places. */
export function readsObject(sid: string, name: string): Statement {
  const object = Fn.sub(`arn:\${AWS::Partition}:s3:::\${BucketName}/\${BucketPrefix}/${name}`);
  return allow(sid, ["s3:GetObject"], [object]);
}

/** Writes objects in places of the bucket; one that comes in parts is ended or given up. */
export function writes(places: readonly Place[]): Statement {
  return allow("WriteObjects", ["s3:PutObject", "s3:AbortMultipartUpload"], places.map(objectsIn));
}

/** Removes objects in places of the bucket. */
export function removes(places: readonly Place[]): Statement {
  return allow("RemoveOldObjects", ["s3:DeleteObject"], places.map(objectsIn));
}

/** What a key of the owner's takes, used through S3 alone. */
export function keyAccess({ kmsKeyArn, hasKmsKey }: BucketKey): ConditionalPolicy {
  return {
    name: "BucketKey",
    condition: hasKmsKey,
    statements: [
      allow("UseBucketKey", ["kms:Decrypt", "kms:GenerateDataKey"], [kmsKeyArn], {
        StringEquals: { "kms:ViaService": Fn.sub("s3.${AWS::Region}.${AWS::URLSuffix}") },
      }),
    ],
  };
}

const BUCKET = Fn.sub("arn:${AWS::Partition}:s3:::${BucketName}");

function objectsIn(place: Place): string {
  return Fn.sub(`arn:\${AWS::Partition}:s3:::\${BucketName}/\${BucketPrefix}/${place}/*`);
}
