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

  test.each([
    ["required", true],
    ["off", false],
  ])(
    "with ApiKeys %s the methods need a key: %s, in a deployment of its own",
    (ApiKeys, needed) => {
      const { Resources } = fillIn(responder, { ApiKeys });
      const methods = Object.values(Resources).filter(
        ({ Type }) => Type === "AWS::ApiGateway::Method",
      );
      expect(methods.map(({ Properties }) => Properties["ApiKeyRequired"])).toEqual([
        needed,
        needed,
        needed,
      ]);
      const deployments = Object.entries(Resources).filter(
        ([, { Type }]) => Type === "AWS::ApiGateway::Deployment",
      );
      expect(deployments).toHaveLength(1);
      const [[name, deployment]] = deployments as [[string, (typeof Resources)[string]]];
      expect(name.startsWith("DeploymentWithKeys")).toBe(needed);
      expect(Resources["Stage"]!.Properties["DeploymentId"]).toBe(`<${name}>`);
      // A deployment copies the methods: all of them, and the refusals, must be there before.
      expect(deployment.DependsOn).toEqual(
        expect.arrayContaining([
          "GetItemToUser",
          "GetUserToItem",
          "GetPopular",
          "NoKey",
          "TooMany",
        ]),
      );
    },
  );

  test("a key is needed unless the owner says otherwise, and calls are throttled", () => {
    expect(responder.Parameters["ApiKeys"]!.Default).toBe("required");
    expect(fillIn(responder, {}).Resources["Stage"]!.Properties["MethodSettings"]).toMatchObject([
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
