import fc from "fast-check";
import { expect, test } from "vitest";

import {
  assignmentLayer,
  ConfigError,
  type ConfigLayer,
  environmentLayer,
  jsonLayer,
  resolveConfig,
  SETTINGS,
  valueAt,
  variableOf,
} from "../../src/schema/index.ts";

const FILE = "recsys.config.json";

function problems(...layers: ConfigLayer[]): string[] {
  try {
    resolveConfig(layers);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
  return [];
}

test("nothing set gives the documented defaults", () => {
  const { config, origins } = resolveConfig([]);
  expect(config.bucketPrefix).toBe("RecSys_Recipe_StepFunctions_CDK"); // Q45, A23
  expect(config.collector.maxRejectedShare).toBe(0.01);
  expect(config.transform.kMax).toBe(100); // A32
  expect(config.responder.maxIds).toBe(100); // A12
  expect(origins.size).toBe(0);
});

test("flags win over the environment, the environment over the file, the file over the defaults", () => {
  const file = jsonLayer(
    FILE,
    '{"training": {"seed": 1, "negatives": 11, "maxEpochs": 21},\n "keepExecutions": 9}',
  );
  const environment = environmentLayer({
    RECSYS_TRAINING__SEED: "2",
    RECSYS_TRAINING__NEGATIVES: "12",
  });
  const flags = assignmentLayer(["training.seed=3"], []);
  const { config, origins } = resolveConfig([file, environment, flags]);
  expect(config.training).toMatchObject({ seed: 3, negatives: 12, maxEpochs: 21, rounds: 20 });
  expect(config.keepExecutions).toBe(9);
  expect(Object.fromEntries(origins)).toEqual({
    "training.seed": "--set training.seed=3",
    "training.negatives": "RECSYS_TRAINING__NEGATIVES",
    "training.maxEpochs": `${FILE}:1:43`,
    keepExecutions: `${FILE}:2:2`,
  });
});

test("a dedicated flag wins over --set, and the later of two --set over the earlier", () => {
  const port = { path: ["responder", "port"], value: 3, origin: "--port" };
  const flags = assignmentLayer(["training.seed=1", "training.seed=2", "responder.port=9"], [port]);
  const { config, origins } = resolveConfig([flags]);
  expect(config.training.seed).toBe(2);
  expect(config.responder.port).toBe(3);
  expect(origins.get("responder.port")).toBe("--port");
});

test("every problem of every layer is reported at once: place, expected, got", () => {
  const file = jsonLayer(
    FILE,
    '{\n  "training": {\n    "embeddingSize": 13,\n    "threads": "two"\n  },\n  "evaluation": {"ks": [5, "x", 0]},\n  "collector": 5\n}',
  );
  const environment = environmentLayer({ RECSYS_COLLECTOR__HEADER: "maybe" });
  const flags = assignmentLayer(["training.useFeatures=yes", "bucketPrefix=a b", "seed"], []);
  expect(problems(file, environment, flags)).toEqual([
    `${FILE}:7:3: collector must be an object with any of header, timestampUnit, idOutput, ratings, positiveThreshold, maxRejectedShare, split, features, memoryLimitMiB, maxUploadMiB, got 5`,
    `${FILE}:3:5: training.embeddingSize must be a whole number from 8 to 512, a multiple of 4, got 13`,
    `${FILE}:4:5: training.threads must be a whole number from 1 to 64, got "two"`,
    `${FILE}:6:28: evaluation.ks must be a list, each element a whole number from 1 to 1000, with at least one, got [5,"x",0]`,
    'RECSYS_COLLECTOR__HEADER: collector.header must be "auto" or "present" or "absent", got "maybe"',
    "--set seed: a setting is given as name=value, such as training.seed=7",
    `--set bucketPrefix=a b: bucketPrefix must be letters, digits, '.', '_', '-' and single '/', got "a b"`,
    '--set training.useFeatures=yes: training.useFeatures must be true or false, got "yes"',
  ]);
});

test("an instance type is SageMaker's, not EC2's", () => {
  const name = "instances.training.instanceType";
  expect(problems(assignmentLayer([`${name}=m5.large`], []))).toEqual([
    `--set ${name}=m5.large: ${name} must be a type of SageMaker's, such as ml.m5.large, got "m5.large"`,
  ]);
});

test("a mistake in the file is reported even where a flag sets the same", () => {
  const file = jsonLayer(FILE, '{"training": 5}');
  expect(problems(file, assignmentLayer(["training.seed=1"], []))).toHaveLength(1);
});

test.each([
  ['{"training": {"learning_rate": 1}}', "did you mean training.learningRate?"],
  ['{"traning": {"seed": 1}}', "did you mean training?"],
  ['{"maxEpochs": 3}', "did you mean training.maxEpochs?"],
  ['{"training": {"zzzzzzzzz": 1}}', "known here: embeddingSize, maxEpochs"],
  ['{"__proto__": {"seed": 1}}', "is not a setting"],
])("an unknown name in %s says: %s", (text, hint) => {
  const [problem, ...others] = problems(jsonLayer(FILE, text));
  expect(problem).toContain(hint);
  expect(others).toEqual([]);
});

test.each([
  ["RECSYS_TRAINING__SEEED", "did you mean RECSYS_TRAINING__SEED?"],
  ["RECSYS_TRAINING_SEED", "did you mean RECSYS_TRAINING__SEED?"],
  ["RECSYS_KEEP_EXECUTION", "did you mean RECSYS_KEEP_EXECUTIONS?"],
  ["RECSYS_WHATEVER__THIS__IS", "levels of a setting are separated by __"],
])("the variable %s is refused: %s", (name, hint) => {
  expect(problems(environmentLayer({ [name]: "1" }))).toEqual([expect.stringContaining(hint)]);
});

test("variables that an orchestrator sets for a service called recsys are left alone", () => {
  const variables = {
    RECSYS_PORT: "tcp://10.0.0.1:80",
    RECSYS_SERVICE_HOST: "10.0.0.1",
    PATH: "/",
  };
  expect(problems(environmentLayer(variables))).toEqual([]);
});

test("text settings are taken as written, all others as JSON", () => {
  const { config } = resolveConfig([
    environmentLayer({ RECSYS_RESPONDER__HOST: "127.0.0.2", RECSYS_BUCKET_PREFIX: "2026" }),
    assignmentLayer(["evaluation.ks=[1,3]", 'collector.features={"numberBins":8}'], []),
  ]);
  expect(config.responder.host).toBe("127.0.0.2");
  expect(config.bucketPrefix).toBe("2026");
  expect(config.evaluation.ks).toEqual([1, 3]);
  expect(config.collector.features.numberBins).toBe(8);
});

test("a file that is not JSON is refused with its line and column", () => {
  const [problem] = problems(jsonLayer(FILE, '{\n  "training": {\n    "seed": 1,\n  }\n}'));
  expect(problem).toMatch(/^recsys\.config\.json:4:3: not valid JSON: /);
  expect(problems(jsonLayer(FILE, ""))[0]).toMatch(/^recsys\.config\.json: not valid JSON: /);
});

test("a setting that stands twice in the file is refused", () => {
  const [problem] = problems(jsonLayer(FILE, '{"keepExecutions": 3,\n"keepExecutions": 4}'));
  expect(problem).toBe(`${FILE}:2:1: keepExecutions is set twice; keep one`);
});

test("every setting has one variable of its own, and setting it through that variable is seen", () => {
  const variables = SETTINGS.map(({ path }) => variableOf(path));
  expect(new Set(variables).size).toBe(SETTINGS.length);
  fc.assert(
    fc.property(fc.constantFrom(...SETTINGS), (setting) => {
      const { defaultValue } = setting;
      if (defaultValue === undefined) return;
      const text = typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue);
      const name = variableOf(setting.path);
      const { config, origins } = resolveConfig([environmentLayer({ [name]: text })]);
      expect(valueAt(config, setting.path)).toEqual(defaultValue);
      expect([...origins]).toEqual([[setting.path.join("."), name]]);
    }),
  );
});

test("any JSON text is read or refused with problems, never with another error", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      problems(jsonLayer(FILE, text));
    }),
  );
});
