import { describe, expect, test } from "vitest";

import { fillIn } from "./fill-in.ts";
import { resourcesOf, template } from "./templates.ts";

describe("RecSysResponderStack", () => {
  const responder = template("RecSysResponderStack");

  test("Q66 Q67 Q69 Q70 Q71 Q72 is RecSys-REST-APIs, stage prod, three GET routes", () => {
    expect(responder.Resources["Api"]!.Properties["Name"]).toBe("RecSys-REST-APIs");
    expect(responder.Resources["Stage"]!.Properties["StageName"]).toBe("prod");
    const parts = resourcesOf("RecSysResponderStack", "AWS::ApiGateway::Resource");
    expect(parts.map(([, { Properties }]) => Properties["PathPart"]).toSorted()).toEqual([
      "item-to-user",
      "popular",
      "recommend",
      "user-to-item",
    ]);
    const methods = resourcesOf("RecSysResponderStack", "AWS::ApiGateway::Method");
    expect(methods.map(([, { Properties }]) => Properties["HttpMethod"])).toEqual([
      "GET",
      "GET",
      "GET",
    ]);
  });

  test("Q68 says each route's URL", () => {
    const { Outputs } = fillIn(responder, { Api: "abc" });
    const base = "https://abc.execute-api.eu-west-1.amazonaws.com/prod";
    expect(Outputs).toMatchObject({
      ItemToUserUrl: { Value: `${base}/recommend/item-to-user` },
      UserToItemUrl: { Value: `${base}/recommend/user-to-item` },
      PopularUrl: { Value: `${base}/recommend/popular` },
    });
  });

  test("API Gateway lets calls through without a key: the function asks for one, by the one list of keys", () => {
    const { Resources } = fillIn(responder, {});
    const types = Object.values(Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /UsagePlan|ApiKey/.test(type))).toEqual([]);
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type === "AWS::ApiGateway::Method") expect(Properties["ApiKeyRequired"]).toBeUndefined();
    }
  });

  test("the stage is a deployment of all methods and refusals, and is throttled", () => {
    const { Resources } = fillIn(responder, {});
    const deployments = Object.entries(Resources).filter(
      ([, { Type }]) => Type === "AWS::ApiGateway::Deployment",
    );
    const [[name, deployment]] = deployments as [[string, (typeof Resources)[string]]];
    expect(deployments).toHaveLength(1);
    expect(Resources["Stage"]!.Properties["DeploymentId"]).toBe(`<${name}>`);
    // A deployment copies the methods: all of them, and the refusals, must be there before.
    expect(deployment.DependsOn).toEqual(
      expect.arrayContaining([
        "GetItemToUser",
        "GetUserToItem",
        "GetPopular",
        "NoRoute",
        "TooMany",
      ]),
    );
    expect(Resources["Stage"]!.Properties["MethodSettings"]).toMatchObject([
      { ThrottlingRateLimit: "100", ThrottlingBurstLimit: "200" },
    ]);
  });

  test("the function has a gigabyte unless the owner says otherwise, and never less than Node and the app take", () => {
    expect(responder.Parameters["MemoryMegabytes"]).toMatchObject({ Default: 1024, MinValue: 256 });
  });

  test("A29 the function is Node 24, reads the bucket that is given, and logs to the one log group", () => {
    const { Function } = fillIn(responder, {
      BucketName: "shop",
      LogGroupName: "shop-logs",
      Deployment: "7",
    }).Resources;
    expect(Function!.Properties).toMatchObject({
      Runtime: "nodejs24.x",
      LoggingConfig: { LogGroup: "shop-logs" },
      Environment: { Variables: { RECSYS_BUCKET: "s3://shop", RECSYS_DEPLOYMENT: "7" } },
    });
  });
});
