import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpAnswer } from "../graph/request.ts";

/**
 * The pages, without a build step: the TypeScript of `src/page` goes to the browser with its types stripped, and libraries
 * come as the ES modules they are published as.
 */
const entries = {
  phones: import.meta.resolve("../page/phones.ts"),
  console: import.meta.resolve("../page/console.ts"),
  rules: import.meta.resolve("../page/rules.ts"),
  coverage: import.meta.resolve("../page/coverage.ts"),
};
/** In the order in which they win over each other. */
const styles = ["base", "table", "phones", "bubbles", "media", "writing", "console", "rules", "chart", "narrow"];
const sources = dirname(fileURLToPath(entries.phones));
const libraries: Record<string, string> = {
  "preact.mjs": fileURLToPath(import.meta.resolve("preact")),
  "hooks.mjs": fileURLToPath(import.meta.resolve("preact/hooks")),
  "htm.mjs": fileURLToPath(import.meta.resolve("htm")),
};

const fonts: Record<string, string> = {
  "inter.woff2": fileURLToPath(import.meta.resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2")),
};

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#0F6B5C" stroke-width="2.6" stroke-linecap="round"><path d="M6 16V10.500a6 6 0 0112 0V16"/><path d="M3.500 20h17"/></svg>`;

function shell(entry: keyof typeof entries): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Sandbox</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(mark)}">
${styles.map((name) => `<link rel="stylesheet" href="/_page/${name}.css">`).join("\n")}
<script type="importmap">{"imports":{"preact":"/_page/lib/preact.mjs","preact/hooks":"/_page/lib/hooks.mjs","htm":"/_page/lib/htm.mjs"}}</script>
<script type="module" src="/_page/${entry}.ts"></script>
</head>
<body class="for-${entry}"><div id="app"></div></body>
</html>`;
}

const noStore = { "cache-control": "no-cache" };

/** The page, script or style at this path; `null` where there is none. */
export async function answerPage(path: string): Promise<HttpAnswer | null> {
  if (path === "/" || /^\/wa\/(\+?\d+|message\/[\w-]+)\/?$/.test(path)) return page("phones");
  if (path === "/console" || path === "/console/") return page("console");
  if (path === "/rules" || path === "/rules/") return page("rules");
  if (path === "/coverage" || path === "/coverage/") return page("coverage");
  if (path === "/favicon.ico") return { status: 200, headers: { "content-type": "image/svg+xml" }, body: mark };
  const match = /^\/_page\/(lib\/)?([a-z-]+)\.(ts|css|mjs|woff2)$/.exec(path);
  if (!match) return null;
  const [, isLibrary, name, extension] = match;
  try {
    if (extension === "woff2") {
      const body = await readFile(fonts[`${name}.${extension}`] ?? "");
      return {
        status: 200,
        headers: { "content-type": "font/woff2", "cache-control": "public, max-age=604800" },
        body,
      };
    }
    if (isLibrary) return script(await readFile(libraries[`${name}.${extension}`] ?? "", "utf8"));
    const text = await readFile(join(sources, `${name}.${extension}`), "utf8");
    if (extension === "css")
      return { status: 200, headers: { "content-type": "text/css; charset=utf-8", ...noStore }, body: text };
    return script(withoutTypes(text));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { status: 404, headers: { "content-type": "text/plain" }, body: "Not found" };
    }
    throw error;
  }
}

/** Node 24 calls the function experimental and says so on every start; the runtime is pinned, so that need not be said. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function page(entry: keyof typeof entries): HttpAnswer {
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8", ...noStore }, body: shell(entry) };
}

function script(text: string): HttpAnswer {
  return { status: 200, headers: { "content-type": "text/javascript; charset=utf-8", ...noStore }, body: text };
}
