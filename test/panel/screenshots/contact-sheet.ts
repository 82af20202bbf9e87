import { globSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Writes `index.html`: all pictures of a folder beneath each other, a row a page. */
export async function writeContactSheet(folder: string): Promise<void> {
  const pictures = globSync("*/*.png", { cwd: folder }).sort();
  const scenes = [...new Set(pictures.map((picture) => dirname(picture)))];
  const rows = scenes.map((scene) => {
    const own = pictures.filter((picture) => dirname(picture) === scene);
    const images = own.map(
      (picture) =>
        `<a href="${picture}"><img src="${picture}" alt="${picture}" loading="lazy"><br>${picture.slice(scene.length + 1, -4)}</a>`,
    );
    return `<h2 id="${scene}">${scene}</h2>\n<div>${images.join("\n")}</div>`;
  });
  await mkdir(folder, { recursive: true });
  const links = scenes.map((scene) => `<a href="#${scene}">${scene}</a>`).join(" · ");
  await writeFile(join(folder, "index.html"), `${HEAD}<p>${links}</p>\n${rows.join("\n")}\n`);
}

const HEAD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>RecSys: every page</title>
<style>
  body { font: 14px system-ui, sans-serif; margin: 24px; background: #ddd; }
  div { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; }
  img { inline-size: 380px; border: 1px solid #999; }
</style>
`;
