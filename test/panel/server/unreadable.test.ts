import { pino } from "pino";
import { expect, test } from "vitest";

import { addErrors } from "../../../src/panel/server/errors.ts";
import { addStackRoutes } from "../../../src/panel/server/index.ts";
import { createShop } from "../../recipe/shop.ts";
import { bareApp } from "./bare-app.ts";

test("a file in the bucket that another version wrote is told as such, not as the visitor's fault", async () => {
  const shop = createShop();
  await shop.execute("collector", "data-1");
  await shop.execute("core", "core-1");
  // The tiny artefacts of this shop's jobs have no counts of users and items.
  const { app } = bareApp(addStackRoutes, { bucket: shop.bucket });
  addErrors(app, pino({ level: "silent" }));
  const answer = await app.inject({ url: "/panel/api/overview" });
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({
    error: {
      code: "unreadable",
      message: expect.stringMatching(
        /^a file in the bucket is not as this version writes it \(.*users.*\)/,
      ) as string,
    },
  });
});
