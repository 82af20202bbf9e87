import { dirname } from "node:path";

import { CreateBucketCommand } from "@aws-sdk/client-s3";

import { ResponderConfig } from "../../../src/schema/index.ts";
import type { Bucket } from "../../../src/storage/index.ts";
import { s3Bucket } from "../../../src/storage/s3/s3-bucket.ts";
import { s3Client } from "../../../src/storage/s3/s3-client.ts";
import { createStack, startMiniStack, updateStack } from "../../cloud/mini-stack.ts";
import { releasedFunction } from "../../cloud/released-function.ts";
import { templateText } from "../../cloud/templates.ts";
import { serveShop } from "../../responder/shop.ts";
import { answerOf, type Edge, partsOf, type Settings } from "./edge.ts";

const STACK = "RecSysResponderStack";
const PARAMETERS = {
  BucketName: "shop-bucket",
  BucketPrefix: "shop/prefix",
  LogGroupName: "shop-logs",
  CodeBucket: "shop-bucket",
  CodeKey: "releases/responder.zip",
};

export interface DeployedApi extends Edge {
  /** The URL of the stage, without its path's end. */
  readonly url: string;
  /** Where the function finds everything. */
  readonly bucket: Bucket;
  stop(): Promise<void>;
}

/**
 * The responder's stack as it is shipped, with the function as it is released, in MiniStack: asked through its API
 * Gateway. Each test's shop is an execution of its own, each change of the configuration a deployment of its own, so
 * that between any two tests the running function goes over to another execution.
 */
export async function deployApi(): Promise<DeployedApi> {
  // It runs functions by the Node that comes first.
  const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  const aws = await startMiniStack({ PATH: path });
  const environment = { AWS_ENDPOINT_URL_S3: aws.url, AWS_REGION: "eu-west-1" };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
  const client = s3Client(environment);
  const bucket = s3Bucket({
    client,
    url: "s3://shop-bucket",
    name: "shop-bucket",
    prefix: "shop/prefix/",
  });
  await client.send(
    new CreateBucketCommand({
      Bucket: "shop-bucket",
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  await aws.rest("s3", "PUT", "/shop-bucket/releases/responder.zip", releasedFunction());

  let deployments = 0;
  const deploy = async (settings: Settings): Promise<string> => {
    const number = String(++deployments);
    // Looks before every answer: the test has just written what is to be seen.
    const open = { refreshSeconds: 1e-6, apiKeys: { mode: "off" as const } };
    const responder = ResponderConfig.parse({ ...open, ...settings });
    const snapshot = { stack: "responder", number: deployments, config: { responder } };
    await bucket.write(`deployments/responder/${number}.json`, JSON.stringify(snapshot));
    return number;
  };
  const update = async (parameters: Readonly<Record<string, string>>): Promise<void> => {
    const all = { ...PARAMETERS, ...parameters };
    const { status, reasons } = await updateStack(aws, STACK, templateText(STACK), all);
    if (status !== "UPDATE_COMPLETE") throw new Error(`${status}: ${reasons.join("; ")}`);
  };
  let deployed = JSON.stringify({});
  const { status, outputs, reasons } = await createStack(aws, STACK, templateText(STACK), {
    ...PARAMETERS,
    Deployment: await deploy({}),
  });
  if (status !== "CREATE_COMPLETE") throw new Error(`${status}: ${reasons.join("; ")}`);
  const url = `${aws.url}/_aws/execute-api/${outputs["RestApiId"]}/prod`;

  let executions = 0;
  return {
    name: "deployed API",
    isGetOnly: true,
    url,
    bucket,
    async serve(shop, settings = {}) {
      await serveShop(bucket, `core-${++executions}`, shop);
      if (JSON.stringify(settings) !== deployed) {
        await update({ Deployment: await deploy(settings) });
        deployed = JSON.stringify(settings);
      }
      return {
        async call(call) {
          const { url: asked, method, headers } = partsOf(call);
          const response = await fetch(url + asked, { method, headers });
          const given = Object.fromEntries(response.headers);
          return answerOf(response.status, given, await response.text());
        },
      };
    },
    async stop() {
      client.destroy();
      await aws.stop();
    },
  };
}
