/** `npm run screenshots`: a picture of every page of the panel in reports/screenshots/, by the real server in a real browser. */
import { join } from "node:path";
import { build, buildPages, install, node, root, run } from "./boot.mjs";

install();
build();
buildPages();
run(node(), [join(root, "test/panel/screenshots/main.ts"), ...process.argv.slice(2)]);
