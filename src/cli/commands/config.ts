import { Command } from "commander";

import { SETTINGS, valueAt, variableOf } from "../../schema/index.ts";
import { table } from "../output/table.ts";
import type { OpenSession } from "../session.ts";

/** `recsys config`: what is set, and where it was set. */
export function configCommand(open: OpenSession): Command {
  return new Command("config")
    .description("print the configuration in effect and where each value comes from")
    .option("--variables", "name the environment variable of each setting instead of its origin")
    .addHelpText("after", EXAMPLES)
    .action((options: { variables?: true }, command: Command) => {
      const session = open(command);
      const { config, origins } = session.configuration();
      const rows = SETTINGS.map(({ path }) => {
        const name = path.join(".");
        const value = JSON.stringify(valueAt(config, path)) as string | undefined;
        const last =
          options.variables === true ? variableOf(path) : (origins.get(name) ?? "default");
        return [name, value ?? "(none)", last];
      });
      const title = options.variables === true ? "VARIABLE" : "FROM";
      session.print(
        { config, origins: Object.fromEntries(origins) },
        table(["SETTING", "VALUE", title], rows, ""),
      );
    });
}

const EXAMPLES = `
Examples:
  recsys config
  recsys config --set training.seed=7 --json
  RECSYS_TRAINING__SEED=7 recsys config
  recsys config --variables`;
