import { readFileSync } from "node:fs";

import { Fn } from "aws-cdk-lib";
import type { CfnEIP } from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";

import { either, parameter } from "../parameters.ts";
import { RELEASE } from "../release.ts";
import type { NamedBucket } from "./named-bucket.ts";
import { PORTS } from "./network.ts";
import type { PanelParameters } from "./parameters.ts";

/** What the instance is told of. */
export interface UserDataProps {
  readonly parameters: PanelParameters;
  readonly bucket: NamedBucket;
  readonly address: CfnEIP;
  /** What the panel hands to CloudFormation. */
  readonly handed: { readonly deployRoleArn: string; readonly boundaryArn: string };
}

/**
 * What the instance runs at every boot, with the stack's parameters filled in.
 *
 * CloudFormation stops and starts an instance whose user data has changed; a plain script would run at the first boot
 * only (repost.aws, "How do I run user data each time I restart my EC2 Linux instance?").
 */
export function userData(
  scope: Construct,
  { parameters, bucket, address, handed }: UserDataProps,
): string {
  parameter(scope, "ReleaseBucket", {
    description: "Bucket that the panel's package is taken from",
    allowedPattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
  });
  parameter(scope, "ReleasePrefix", {
    description: "Folder of the release in that bucket",
    default: RELEASE,
    allowedPattern: "^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$",
  });
  parameter(scope, "ImageUri", {
    description:
      "Container image of RecSys's jobs in ECR, in this region; may be given later, in the panel",
    default: "",
    allowedPattern: "^(|[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9._/-]+[:@].+)$",
  });
  const script = readFileSync(new URL("user-data.sh", import.meta.url), "utf8");
  return Fn.sub(atEveryBoot(script), {
    // Without one the instance asks for its own.
    Host: either(
      parameters.hasHostName,
      parameters.hostName,
      either(parameters.isPublic, address.ref, ""),
    ),
    BucketOfRecSys: bucket.name,
    DeployRoleArn: handed.deployRoleArn,
    BoundaryArn: handed.boundaryArn,
    PanelPort: String(PORTS.panel),
    DashboardPort: String(PORTS.dashboard),
  });
}

/** For cloud-init: the script, and that it is no longer done with once it has run. */
function atEveryBoot(script: string): string {
  const parts = [
    ["text/cloud-config", "#cloud-config\ncloud_final_modules:\n  - [scripts-user, always]"],
    ["text/x-shellscript", script],
  ];
  return [
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "MIME-Version: 1.0",
    ...parts.flatMap(([type, text]) => ["", `--${BOUNDARY}`, `Content-Type: ${type}`, "", text]),
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}

const BOUNDARY = "recsys";
