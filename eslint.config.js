import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Stages take time and randomness as arguments: the same input gives the same bytes. */
const clockAndChance = [
  { object: "Math", property: "random", message: "take a seeded generator as an argument" },
  { object: "Date", property: "now", message: "take the time as an argument" },
];

export default tseslint.config(
  {
    ignores: [
      "build/",
      "coverage/",
      "reports/",
      ".stryker-tmp/",
      "src/kernels/assembly/",
      "**/*.mjs",
      "*.config.*",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  jsdoc.configs["flat/recommended-typescript-error"],
  {
    languageOptions: {
      parserOptions: {
        project: [
          "./src/*/tsconfig.json",
          "./src/panel/*/tsconfig.json",
          "./test/panel/web/tsconfig.json",
          "./test/tsconfig.json",
          "./bench/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "max-lines": ["error", { max: 300 }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // In numeric code `array[i]!` states the loop's own bound; noUncheckedIndexedAccess guards the rest.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "jsdoc/require-jsdoc": [
        "error",
        { publicOnly: true, require: { FunctionDeclaration: true, ClassDeclaration: true } },
      ],
      // A parameter or result whose name and type say it all needs no second telling.
      "jsdoc/require-param": "off",
      "jsdoc/require-returns": "off",
      "jsdoc/require-throws-type": "off",
      "jsdoc/require-yields": "off",
      "jsdoc/require-yields-type": "off",
      "jsdoc/tag-lines": ["error", "any", { startLines: 1 }],
    },
  },
  {
    files: ["src/{collector,core,kpi,sample,responder,recipe,scoring}/**/*.ts"],
    rules: { "no-restricted-properties": ["error", ...clockAndChance] },
  },
  {
    files: ["test/**/*.ts", "test/**/*.tsx", "bench/**/*.ts"],
    rules: { "jsdoc/require-jsdoc": "off", "max-lines": ["error", { max: 400 }] },
  },
  prettier,
);
