import { Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { allow, allowOnAny, type Statement } from "./access/statement.ts";
import { parameter } from "./parameters.ts";

/** The parameter that names the container image; SageMaker takes it from ECR, in its own region. */
export function imageParameter(scope: Construct): string {
  return parameter(scope, "ImageUri", {
    description:
      "Container image of RecSys in ECR, as <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>",
    allowedPattern: "^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9._/-]+[:@].+$",
  });
}

/** Pulls the image, and no other. */
export function pullsImage(imageUri: string): readonly Statement[] {
  const [host, path] = [part(imageUri, "/", 0), part(imageUri, ".amazonaws.com/", 1)];
  // "repository:tag" or "repository@sha256:digest"
  const repository = part(part(path, ":", 0), "@", 0);
  return [
    allow(
      "PullImage",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      [
        Fn.sub("arn:${AWS::Partition}:ecr:${Region}:${Account}:repository/${Repository}", {
          Account: part(host, ".", 0),
          Region: part(host, ".", 3),
          Repository: repository,
        }),
      ],
    ),
    allowOnAny(
      "LogInToRegistry",
      ["ecr:GetAuthorizationToken"],
      "The token is the account's, not a repository's: the action has no resource",
    ),
  ];
}

function part(text: string, separator: string, index: number): string {
  return Fn.select(index, Fn.split(separator, text));
}
