import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

/**
 * The verifier as one HTML page that needs nothing but itself: opened from a disk or sent by a server, it reads a pack
 * in the browser and shows what is proven, what is not and what is wrong. Made from verifier.ts as it is.
 */
export function verifierPage(): string {
  const source = readFileSync(new URL("./verifier.ts", import.meta.url), "utf8");
  return page.replace("/* verifier */", () => stripTypeScriptTypes(source));
}

/** What somebody who never heard of us needs to check a pack, to be put into it: the page, the Python program, the format. */
export function verifierFiles(): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  const read = (name: string) => new Uint8Array(readFileSync(new URL(`../${name}`, import.meta.url)));
  return [
    { path: "verify.html", bytes: new TextEncoder().encode(verifierPage()) },
    { path: "verify.py", bytes: read("verify.py") },
    { path: "FORMAT.md", bytes: read("FORMAT.md") },
  ];
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Evidence pack</title>
<style>
  :root { color-scheme: light dark; --text: #1c1b1a; --ground: #fdfcfa; --line: #8a8580; --good: #14602f; --bad: #a3150f; --open: #7a4b00; }
  @media (prefers-color-scheme: dark) {
    :root { --text: #eeece8; --ground: #191817; --line: #948e87; --good: #7fd69b; --bad: #ff9a8f; --open: #f2bf63; }
  }
  body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; color: var(--text); background: var(--ground); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; justify-content: space-between; }
  h1 { font-size: 1.5rem; margin: 0; }
  h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
  select, input { font: inherit; color: inherit; }
  .drop { display: block; margin: 1.5rem 0; padding: 2rem 1rem; border: 2px dashed var(--line); border-radius: .75rem; text-align: center; cursor: pointer; }
  .drop.over, .drop:focus-within { border-color: currentColor; outline: 3px solid currentColor; outline-offset: 3px; }
  .drop input { display: block; margin: .75rem auto 0; max-width: 100%; }
  .keys input { box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid var(--line); border-radius: .4rem; background: transparent; }
  #verdict { font-size: 1.35rem; font-weight: 650; margin: 1.5rem 0 0; }
  .valid { color: var(--good); } .invalid { color: var(--bad); } .incomplete { color: var(--open); }
  li { margin: .35rem 0; } ul { padding-left: 1.25rem; }
</style>
</head>
<body>
<header>
  <h1 data-word="title"></h1>
  <label><span data-word="language"></span>
    <select id="language"><option value="en">English</option><option value="nl">Nederlands</option><option value="de">Deutsch</option></select>
  </label>
</header>
<main>
  <p data-word="about"></p>
  <label class="drop" id="drop"><span data-word="choose"></span><input type="file" id="file" accept=".zip,application/zip"></label>
  <p class="keys"><label><span data-word="keys"></span><input id="keys" autocomplete="off" spellcheck="false"></label></p>
  <div id="result" role="status" aria-live="polite" tabindex="-1"></div>
</main>
<noscript>This page checks files with JavaScript, inside your browser.</noscript>
<script type="module">
/* verifier */

const pageWords = {
  en: { title: "Check an evidence pack", language: "Language", about: "The file is read in your browser and goes nowhere. You may disconnect from the network first.", choose: "Drop the pack here, or choose it", keys: "Fingerprint you were given another way (optional)", busy: "Reading …", valid: "Valid", invalid: "Not valid", incomplete: "Not fully checked", problems: "What is wrong", proven: "What is proven", notProven: "What is not proven", key: "That is no fingerprint or key." },
  nl: { title: "Een bewijspakket nagaan", language: "Taal", about: "Het bestand wordt in uw browser gelezen en gaat nergens heen. U kunt eerst het netwerk verbreken.", choose: "Sleep het pakket hierheen, of kies het", keys: "Vingerafdruk die u langs een andere weg kreeg (niet verplicht)", busy: "Lezen …", valid: "Geldig", invalid: "Niet geldig", incomplete: "Niet geheel nagegaan", problems: "Wat niet klopt", proven: "Wat bewezen is", notProven: "Wat niet bewezen is", key: "Dat is geen vingerafdruk of sleutel." },
  de: { title: "Ein Nachweispaket prüfen", language: "Sprache", about: "Die Datei wird in Ihrem Browser gelesen und nirgendwohin übertragen. Sie können vorher das Netz trennen.", choose: "Paket hier ablegen oder auswählen", keys: "Fingerabdruck, den Sie auf anderem Weg erhielten (freiwillig)", busy: "Lesen …", valid: "Gültig", invalid: "Ungültig", incomplete: "Nicht vollständig geprüft", problems: "Was nicht stimmt", proven: "Was bewiesen ist", notProven: "Was nicht bewiesen ist", key: "Das ist kein Fingerabdruck oder Schlüssel." },
};
const byId = (id) => document.getElementById(id);
const language = byId("language");
let chosen = null;
let round = 0;

function speak() {
  document.documentElement.lang = language.value;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = pageWords[language.value][element.dataset.word];
  document.title = pageWords[language.value].title;
}

function add(parent, name, text, className = "") {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = className;
  parent.append(element);
  return element;
}

async function show() {
  const words = pageWords[language.value];
  const result = byId("result");
  if (chosen === null) return;
  const mine = ++round;
  result.textContent = words.busy;
  const key = byId("keys").value.trim();
  const shown = document.createDocumentFragment();
  try {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    const verified = await verifyPack(bytes, { language: language.value, ...(key === "" ? {} : { trustedKeys: [key] }) });
    add(shown, "p", words[verified.result] + ": " + chosen.name, verified.result).id = "verdict";
    if (verified.facts) add(shown, "p", [verified.facts.origin, verified.facts.madeAt, verified.facts.purpose].join(" · "));
    for (const part of ["problems", "proven", "notProven"]) {
      if (verified[part].length === 0) continue;
      add(shown, "h2", words[part]);
      const list = add(shown, "ul", "");
      for (const line of verified[part]) add(list, "li", line);
    }
  } catch (error) {
    add(shown, "p", error instanceof TypeError ? words.key : String(error), "invalid");
  }
  if (mine === round) result.replaceChildren(shown);
}

const choose = (files) => { if (files.length > 0) { chosen = files[0]; show(); } };
byId("file").addEventListener("change", (event) => choose(event.target.files));
byId("keys").addEventListener("change", show);
language.addEventListener("change", () => { speak(); show(); });
const drop = byId("drop");
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") choose(event.dataTransfer.files);
  });
}
language.value = Object.keys(pageWords).find((one) => (navigator.language || "").startsWith(one)) ?? "en";
speak();
</script>
</body>
</html>
`;
