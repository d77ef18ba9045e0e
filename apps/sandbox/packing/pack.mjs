// Makes the package as it is published: one bundle (Node does not strip types below node_modules, and @loket/kit is not
// published beside it), the page's sources, declarations, documentation. Everything is put together in dist/package, so that
// the manifest of the workspace, which points to sources, stays as it is.
//
//   npm run -w apps/sandbox pack [-- --into folder]      prints the path of the .tgz
import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = fileURLToPath(new URL("..", import.meta.url));
const root = resolve(here, "../..");
const at = process.argv.indexOf("--into");
const into = at < 0 ? join(here, "dist") : resolve(process.argv[at + 1] ?? ".");
const staged = join(into, "package");
const manifest = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const { "@loket/kit": _bundled, ...dependencies } = manifest.dependencies;

await rm(staged, { recursive: true, force: true });
await mkdir(staged, { recursive: true });

// One folder deep, as in src: pages.ts finds ../page, main.ts ../package.json.
await build({
  configFile: false,
  logLevel: "warn",
  root: here,
  build: {
    ssr: true,
    target: "node24",
    outDir: join(staged, "program"),
    minify: false,
    emptyOutDir: true,
    rollupOptions: {
      input: { main: join(here, "src/main.ts"), index: join(here, "src/index.ts") },
      output: { entryFileNames: "[name].js", chunkFileNames: "sandbox.js" },
    },
  },
  ssr: { noExternal: ["@loket/kit"], external: Object.keys(dependencies) },
});
await cp(join(here, "src/page"), join(staged, "page"), { recursive: true });
await declare();
await mkdir(join(staged, "bin"));
await writeFile(join(staged, "bin/sandbox.mjs"), '#!/usr/bin/env node\nimport "../program/main.js";\n', {
  mode: 0o755,
});
for (const name of ["README.md", "docs", "Dockerfile"])
  await cp(join(here, name), join(staged, name), { recursive: true, force: true });
await cp(join(root, "LICENSE"), join(staged, "LICENSE"));
await writeFile(
  join(staged, "package.json"),
  `${JSON.stringify(
    {
      name: manifest.name,
      version: manifest.version,
      description:
        "WhatsApp's Business Platform on your own machine: the Graph API, signed webhooks, phones, a clock to turn.",
      license: manifest.license,
      type: "module",
      engines: { node: ">=24" },
      bin: manifest.bin,
      exports: { ".": { types: "./types/sandbox/index.d.ts", default: "./program/index.js" } },
      dependencies,
    },
    null,
    2,
  )}\n`,
);
const packed = run("npm", ["pack", "--silent", "--pack-destination", into], staged);
console.log(join(into, packed.trim().split("\n").at(-1) ?? ""));

/** Declarations of the face and of all it mentions; @loket/kit's are laid beside them and found by a relative path. */
async function declare() {
  const types = join(staged, "types");
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace(/package\.json$/, "bin/tsc");
  const config = join(into, "tsconfig.types.json");
  // Each by name: what the compiler comes by through node_modules alone it takes for somebody else's and does not declare.
  const kitSource = join(root, "packages/kit/src");
  const kit = (await readdir(kitSource))
    .filter((name) => !name.endsWith(".test.ts"))
    .map((name) => join(kitSource, name));
  await writeFile(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        outDir: types,
        rootDir: root,
        rewriteRelativeImportExtensions: true,
        typeRoots: [join(root, "node_modules/@types")],
      },
      include: [],
      files: [join(here, "src/index.ts"), ...kit],
    }),
  );
  run(process.execPath, [tsc, "-p", config], here);
  await rm(config);
  await cp(join(types, "apps/sandbox/src"), join(types, "sandbox"), { recursive: true });
  await cp(join(types, "packages/kit/src"), join(types, "kit"), { recursive: true });
  await rm(join(types, "apps"), { recursive: true });
  await rm(join(types, "packages"), { recursive: true });
  for (const file of await readdir(join(types, "sandbox"), { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = join(types, "sandbox", file);
    const up = "../".repeat(file.split("/").length);
    const text = await readFile(path, "utf8");
    await writeFile(path, withJsExtensions(text.replaceAll('"@loket/kit"', `"${up}kit/index.js"`)));
  }
  for (const file of await readdir(join(types, "kit"))) {
    const path = join(types, "kit", file);
    await writeFile(path, withJsExtensions(await readFile(path, "utf8")));
  }
}

function withJsExtensions(text) {
  return text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"');
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, npm_config_loglevel: "error" },
  });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}
