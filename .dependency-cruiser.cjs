/** The house's layers (docs/architecture.md) as code. A folder imports only folders below it. */
const layers = [
  ["schema", "kernels", "workflow", "page"],
  ["words", "storage", "jobs", "database"],
  ["sample", "collector", "core", "kpi", "responder"],
  ["cluster"],
  ["recipe", "scoring"],
  ["report", "cloud"],
  ["panel"],
  ["cli"],
];

const above = layers.flatMap((folders, layer) =>
  folders.map((folder) => ({
    name: `layer-${folder}`,
    comment: `${folder} may import only the folders below it; move the shared part down or meet in files`,
    severity: "error",
    from: { path: `^src/${folder}/` },
    to: {
      path: `^src/(${layers
        .slice(layer)
        .flat()
        .filter((other) => other !== folder)
        .join("|")})/`,
    },
  })),
);

module.exports = {
  forbidden: [
    ...above,
    {
      name: "front-door",
      comment: "another folder is entered through its index.ts",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: {
        path: "^src/([^/]+)/.+",
        pathNot: ["^src/$1/", "^src/([^/]+|panel/server)/index\\.ts$"],
      },
    },
    {
      name: "kernels-stand-alone",
      comment:
        "kernels know no package and nothing of Node but worker threads and the flags of its engine",
      severity: "error",
      from: { path: "^src/kernels/" },
      to: { dependencyTypes: ["npm", "core"], pathNot: "^(node:)?(worker_threads|v8)$" },
    },
    {
      name: "panel-web-talks-http",
      comment:
        "the panel's pages know the schema, how figures read, and nothing else of ours; what they need comes over HTTP",
      severity: "error",
      from: { path: "^src/panel/web/" },
      to: { path: "^src/", pathNot: "^src/(panel/web|schema|words)/" },
    },
    {
      name: "panel-server-draws-nothing",
      severity: "error",
      comment: "the server hands the pages out as files; it does not import them",
      from: { path: "^src/panel/server/" },
      to: { path: "^src/panel/web/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "a cycle is two halves of one idea",
      from: {},
      to: { circular: true },
    },
    {
      name: "declared",
      comment: "what is imported stands in package.json",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(panel/web|cloud/stacks)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev", "unknown"] },
    },
    {
      name: "stacks-at-release-time",
      comment: "CDK is not installed at the user's: the product knows the templates that it made",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cloud/stacks/" },
      to: { path: "^src/cloud/stacks/" },
    },
    {
      name: "declared-for-the-pages",
      comment: "the pages are built before they are served: their packages are needed only then",
      severity: "error",
      from: { path: "^src/panel/web/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown"], pathNot: "\\.css$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/kernels/assembly/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js"],
    },
  },
};
