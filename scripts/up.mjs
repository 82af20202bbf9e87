import { join } from "node:path";
import { build, install, node, root, run } from "./boot.mjs";

install();
build();
run(node(), [join(root, "src", "cli", "main.ts"), "up", ...process.argv.slice(2)]);
