/**
 * `npm run synth` makes the CloudFormation templates in src/cloud/templates from src/cloud/stacks. `--check` only says
 * whether they are what the sources make: by a stamp, for CDK takes seconds to load.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { install, node, root, run } from "./boot.mjs";

const templates = join(root, "src", "cloud", "templates");
const stampFile = join(templates, "stamp.json");
/** What a template is made of. The slow tests synthesise and compare, should a source be missing here. */
const sources = [
  "src/cloud/stacks",
  "src/workflow/compile",
  "src/recipe/collector.ts",
  "src/recipe/core.ts",
  "src/recipe/fit-rounds.ts",
  "src/recipe/job-state.ts",
  "src/jobs/request.ts",
  "src/responder/routes.ts",
  "src/schema/config/config.ts",
];

const isCheck = process.argv.includes("--check");
if (!isCheck) {
  install();
  const main = join(root, "src", "cloud", "stacks", "main.ts");
  run(node(), [main, templates, join(root, "build", "cdk")]);
  writeFileSync(stampFile, `${JSON.stringify(stamp(), null, 2)}\n`);
} else if (readFileSync(stampFile, "utf8") !== `${JSON.stringify(stamp(), null, 2)}\n`) {
  console.error("src/cloud/templates are not what src/cloud/stacks makes; run: npm run synth");
  process.exit(1);
}

/** SHA-256 of all sources, and of each template, so that one changed by hand is found too. */
function stamp() {
  const { version, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const hash = createHash("sha256").update(`${version} ${devDependencies["aws-cdk-lib"]}`);
  for (const file of sources.flatMap(filesOf)) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  const names = readdirSync(templates).filter((name) => name.endsWith(".template.json"));
  return {
    sources: hash.digest("hex"),
    templates: Object.fromEntries(
      names.sort().map((name) => [name, sha256(readFileSync(join(templates, name)))]),
    ),
  };
}

function filesOf(path) {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|sh)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
