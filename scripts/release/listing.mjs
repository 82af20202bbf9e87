/** What a marketplace is told of the release: `listing.json`; docs/marketplace.md says the same to people. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { root } from "../boot.mjs";

/** Where everything that the stacks use is offered, t2 instances included, by the marketplace's names. */
const REGIONS = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "eu-west-1": "EU (Ireland)",
  "eu-west-2": "EU (London)",
  "eu-central-1": "EU (Frankfurt)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
};
/** AWS's price of the smallest instance in us-east-1, in US dollars an hour, to a tenth of a cent; 0.0116 exactly. */
const SMALLEST = { instanceType: "t2.micro", usDollarsAnHour: 0.012 };
const STACK = "RecSysPanelAdmin";

/** @param {{ version: string, bucket: string, region: string }} options - the bucket of releases and its region */
export function writeListing(file, { version, bucket, region }) {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const templateUrl = `https://${bucket}.s3.${region}.${suffix}/recsys/${version}/templates/${STACK}.template.json`;
  const listing = {
    product: "RecSys",
    seller: "The RecSys project",
    licence: "Apache-2.0",
    pricing: {
      software: "Free",
      typicalTotalPrice: `$${SMALLEST.usDollarsAnHour}/hr`,
      for: `${SMALLEST.instanceType} in ${REGIONS["us-east-1"]}: AWS's price of the panel's instance; jobs, requests and storage come on top`,
    },
    steps: ["Continue to Subscribe", "Continue to Configuration", "Continue to Launch"],
    deliveryMethod: "RecSys Panel Admin",
    softwareVersion: `${version} (${releaseDate()})`,
    launchAction: "Launch CloudFormation",
    template: { source: "Amazon S3 URL", url: templateUrl, stackName: STACK },
    regions: Object.entries(REGIONS).map(([id, name]) => ({
      id,
      name,
      launchUrl:
        `https://${id}.console.aws.amazon.com/cloudformation/home?region=${id}#/stacks/create/review` +
        `?templateURL=${encodeURIComponent(templateUrl)}&stackName=${STACK}`,
    })),
  };
  writeFileSync(file, `${JSON.stringify(listing, null, 2)}\n`);
}

/** The day of the commit that is released, as marketplaces write it: `Aug 30, 2021`; today where there is no history. */
function releaseDate() {
  const git = ["log", "-1", "--format=%ct"];
  const { status, stdout } = spawnSync("git", git, { cwd: root, encoding: "utf8" });
  const seconds = status === 0 ? Number(stdout) : new Date().getTime() / 1000;
  return new Date(seconds * 1000).toLocaleDateString("en-US", {
    timeZone: "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
}
