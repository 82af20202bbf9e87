/**
 * `assemble.mjs OUT STATE`, the Dockerfile's step: makes the root of the image in OUT, and in STATE the folders in it that a
 * process may write to.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build, buildPages, node, root } from "../boot.mjs";
import { copyProduct, installLibraries } from "../release/product.mjs";
import { responderZip } from "../release/responder.mjs";
import { sharedLibraries } from "./shared-libraries.mjs";

const [out, state] = process.argv.slice(2);
const app = join(out, "app");

build();
buildPages();
copyProduct(app, {
  folders: ["bin", "src", "build/panel"],
  files: [".npmrc", "LICENSE", "package.json", "package-lock.json", "build/kernels.wasm"],
});
const scratch = mkdtempSync(join(tmpdir(), "recsys-image-"));
await responderZip(join(app, "build", "recsys-responder.zip"), scratch);
rmSync(scratch, { recursive: true });
installLibraries(app, process.arch);
for (const name of [".npmrc", "package-lock.json"]) rmSync(join(app, name));
installNode();
for (const file of sharedLibraries(out)) copy(file, join(out, file));
writeAccounts();
writeState();

/** Node where every PATH has it; among the libraries it is not needed a second time. */
function installNode() {
  copy(node(), join(out, "usr", "local", "bin", "node"));
  const carrier = `node-linux-${process.arch}`;
  copy(
    join(root, "node_modules", carrier, "LICENSE"),
    join(out, "usr", "local", "share", "doc", "node", "LICENSE"),
  );
  for (const name of [carrier, ".bin"]) {
    rmSync(join(app, "node_modules", name), { recursive: true });
  }
}

/** Names for the users, and where a host's name is looked up. */
function writeAccounts() {
  const etc = join(out, "etc");
  mkdirSync(etc, { recursive: true });
  writeFileSync(
    join(etc, "passwd"),
    "root:x:0:0:root:/tmp:/sbin/nologin\nrecsys:x:65532:0:recsys:/tmp:/sbin/nologin\n",
  );
  writeFileSync(join(etc, "group"), "root:x:0:\n");
  writeFileSync(join(etc, "nsswitch.conf"), "hosts: files dns\n");
}

/** `/data` for a bucket's folder, `/opt/ml` for SageMaker's, `/tmp`. */
function writeState() {
  for (const [folder, mode] of [
    ["data", 0o775],
    ["opt/ml", 0o775],
    ["tmp", 0o1777],
  ]) {
    mkdirSync(join(state, folder), { recursive: true });
    chmodSync(join(state, folder), mode); // mkdir's is cut by the umask
  }
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
