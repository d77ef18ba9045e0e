// Installs what is missing, says what it does, and does nothing when all is there. No dependencies; any Node from 18.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The Node that the lock file pins, where its package exists for this machine; else the one that runs, if new enough. */
export function pinnedNode(root) {
  const names =
    {
      linux: [`node-linux-${process.arch}`],
      darwin: [`node-bin-darwin-${process.arch}`, `node-darwin-${process.arch}`],
    }[process.platform] ?? [];
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isNewEnough = major > 24 || (major === 24 && minor >= 12);
  for (const name of names) {
    const file = join(root, "node_modules", name, "bin", "node");
    if (existsSync(file)) return isNewEnough && process.platform === "darwin" ? process.execPath : file;
  }
  if (isNewEnough) return process.execPath;
  fail(
    `Loket needs Node 24, and there is no packaged one for ${process.platform} ${process.arch}. Install Node 24 (https://nodejs.org) and run the command again.`,
  );
}

/** `needs`: `web` (the built desk), `browser` (Chromium, for the browser stories). */
export async function setUp({ root, needs }) {
  if (process.platform === "win32")
    fail("Loket runs on Linux and macOS. On Windows, use it inside WSL (https://learn.microsoft.com/windows/wsl).");
  installPackages(root);
  if (needs.includes("web")) buildWeb(root);
  if (needs.includes("browser")) findBrowser(root);
}

function installPackages(root) {
  const lock = digest([readFileSync(join(root, "package-lock.json"))]);
  const mark = join(root, "node_modules", ".loket-installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  step("installing packages (about 350, half a minute)");
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm ? [process.execPath, [npm]] : ["npm", []];
  const result = spawnSync(
    command,
    [...prefix, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, NODE_ENV: "development" } },
  );
  if (result.status !== 0)
    fail("The packages could not be installed. Is the npm registry reachable? The lines above say what npm met.");
  writeFileSync(mark, lock);
}

function buildWeb(root) {
  const dir = join(root, "apps/web");
  const sources = [
    ...files(join(dir, "src")),
    ...files(join(dir, "public")),
    join(dir, "index.html"),
    join(dir, "vite.config.ts"),
    join(dir, "package.json"),
    ...files(join(root, "packages/contract/src")),
    join(root, "package-lock.json"),
  ];
  const wanted = digest(sources.filter(existsSync).map((file) => readFileSync(file)));
  const mark = join(dir, "dist", ".built-from");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return;
  step("building the desk (a few seconds)");
  const result = spawnSync(
    pinnedNode(root),
    [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "error"],
    { cwd: dir, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (result.status !== 0) fail("The desk could not be built; the lines above say why.");
  mkdirSync(join(dir, "dist"), { recursive: true });
  writeFileSync(mark, wanted);
}

const browserPaths = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Finds Chromium; on Debian and its kin, as root, installs it; otherwise says exactly what to do. */
function findBrowser(root) {
  const found = browserPaths.find((path) => path && existsSync(path));
  if (!found && process.platform === "linux" && process.getuid?.() === 0 && has("apt-get")) {
    step("installing Chromium for the browser stories (apt-get install chromium)");
    spawnSync("apt-get", ["update", "-qq"], { stdio: ["ignore", "ignore", "inherit"] });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  const path = browserPaths.find((candidate) => candidate && existsSync(candidate));
  if (path) {
    process.env.CHROMIUM_PATH = path;
    return;
  }
  void root;
  console.log("  There is no Chromium on this machine, so the browser stories will be skipped.");
  console.log(
    "  To run them: install Chromium or Chrome (Debian, Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH, and run npm test again.",
  );
}

function has(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;
}

function* files(dir) {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

function digest(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function step(text) {
  console.log(`  ${text}`);
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
