import { describe, expect, test } from "vitest";

import { NAMES, shippedNames, template, templateText } from "./templates.ts";

/** The largest template that CreateStack takes in the request itself. */
const INLINE_LIMIT = 51_200;

describe("every template", () => {
  test("Q10 Q116 there are three stacks and the panel's", () => {
    expect(shippedNames()).toEqual(NAMES);
  });

  test.each(NAMES)(
    "%s is plain: no assets, no bootstrap, small enough to be sent as it is",
    (name) => {
      const text = templateText(name);
      expect(Buffer.byteLength(text)).toBeLessThan(INLINE_LIMIT);
      expect(text).not.toMatch(/bootstrap|AssetParameters|cdk-hnb|CDKMetadata/i);
      expect(text).not.toMatch(/\b\d{12}\b/); // an account
    },
  );

  test.each(NAMES)("%s explains every parameter", (name) => {
    for (const [parameter, { Description }] of Object.entries(template(name).Parameters)) {
      expect(Description.length, parameter).toBeGreaterThan(9);
    }
  });

  test.each(NAMES)("Q132 %s tags what can be tagged", (name) => {
    const untaggable =
      /Policy$|InstanceProfile|Association|ApiGateway::(Resource|Method|Deployment|GatewayResponse)|Permission$/;
    for (const [logicalId, { Type, Properties }] of Object.entries(template(name).Resources)) {
      if (untaggable.test(Type)) continue;
      expect(JSON.stringify(Properties["Tags"]), `${logicalId}, ${Type}`).toContain('"RecSys"');
    }
  });
});
