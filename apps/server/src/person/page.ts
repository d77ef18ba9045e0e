import { createHash } from "node:crypto";
import type { Choice, PersonView } from "./choices.ts";
import { type PersonWords, personWords } from "./words.ts";

type Locale = keyof typeof personWords;
export const personLocales = ["en", "nl", "de"] as const;
const localeNames = { en: "English", nl: "Nederlands", de: "Deutsch" } as const;

export interface PageOptions {
  readonly token: string;
  readonly formToken: string;
  readonly locale: Locale;
  readonly expiresAt: number;
  readonly notice: "saved" | "stopped" | null;
  readonly timeZone: string;
}

/** The person's own page: plain HTML that works without scripts, in the light and in the dark, at any width. */
export function drawPerson(person: PersonView, options: PageOptions): string {
  const { token, formToken, locale, notice } = options;
  const t = personWords[locale];
  const date = dateWriter(locale, options.timeZone);
  const form = (act: string, inner: string) =>
    `<form method="post" action="/me/${token}?lang=${locale}"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="act" value="${act}">${inner}</form>`;
  const body = [
    `<h1>${escaped(t.title(person.business))}</h1>`,
    `<p>${escaped(t.lead(person.name, person.business))}</p>`,
    notice ? `<p class="notice" role="status">${escaped(notice === "saved" ? t.saved : t.stopped)}</p>` : "",
    person.erasure
      ? `<p class="notice" role="status">${escaped(person.erasure === "held" ? t.erasingHeld : t.erasing)}</p>`
      : "",
    person.isClarifying ? `<p class="notice">${escaped(t.clarify)}</p>` : "",
    `<section aria-labelledby="agreed"><h2 id="agreed">${escaped(t.agreed)}</h2>`,
    person.choices.length === 0
      ? `<p>${escaped(t.nothing)}</p>`
      : `<p>${escaped(t.agreedLead)}</p>${form("save", `<ul>${person.choices.map((one) => drawChoice(one, t, date)).join("")}</ul><button>${escaped(t.save)}</button>`)}`,
    "</section>",
    `<section aria-labelledby="stop"><h2 id="stop">${escaped(t.stop)}</h2><p>${escaped(t.stopLead(person.business))}</p>`,
    form("stop", `<button class="strong">${escaped(t.stop)}</button>`),
    "</section>",
    `<section aria-labelledby="data"><h2 id="data">${escaped(t.data)}</h2><p>${escaped(t.dataLead)}</p>`,
    `<p><a class="button" href="/me/${token}/data" download>${escaped(t.download)}</a></p></section>`,
    person.erasure
      ? ""
      : `<section aria-labelledby="erase"><h2 id="erase">${escaped(t.erase)}</h2><p>${escaped(t.eraseLead)}</p>${form(
          "erase",
          `<label class="sure"><input type="checkbox" name="sure" value="yes" required> <span>${escaped(t.eraseSure)}</span></label><button class="danger">${escaped(t.eraseNow)}</button>`,
        )}</section>`,
    `<footer><p>${escaped(t.until(date(options.expiresAt)))}</p><nav aria-label="${escaped(t.language)}">${personLocales
      .map((one) =>
        one === locale
          ? `<span lang="${one}" aria-current="true">${localeNames[one]}</span>`
          : `<a lang="${one}" hreflang="${one}" href="/me/${token}?lang=${one}">${localeNames[one]}</a>`,
      )
      .join("")}</nav></footer>`,
  ];
  return document(locale, t.title(person.business), body.join(""));
}

function drawChoice(choice: Choice, t: PersonWords, date: (at: number) => string): string {
  const { key, purpose, channel, topic, agreement, isOn, agreedWording, offered } = choice;
  const isElsewhere = agreement?.method === "platform-preference";
  const cannot = !isOn && (offered === null || isElsewhere);
  const state = agreement
    ? [
        `${t.states[agreement.state] ?? agreement.state} ${t.since(date(Date.parse(agreement.since)))}`,
        t.methods[agreement.method] ?? agreement.method,
      ].join(", ")
    : (t.states.none ?? "");
  const words = isOn ? agreedWording : offered;
  const name = `${t.purposes[purpose] ?? purpose}${topic === null ? "" : ` (${topic})`}: ${t.channels[channel] ?? channel}`;
  return [
    `<li><label><input type="checkbox" name="on" value="${escaped(key)}"${isOn ? " checked" : ""}${cannot ? " disabled" : ""}>`,
    `<span><strong>${escaped(name)}</strong><small>${escaped(state)}</small></span></label>`,
    isElsewhere ? `<p class="hint">${escaped(t.onlyThere)}</p>` : "",
    words && !isElsewhere
      ? `<blockquote lang="${escaped(words.language)}">${isOn ? "" : `<small>${escaped(t.wording)}</small>`}${escaped(words.text).replaceAll("\n", "<br>")}</blockquote>`
      : "",
    "</li>",
  ].join("");
}

/** For a link that does not work, a form that is too old, or too much at once. */
export function drawMessage(locale: Locale, about: "gone" | "tooMany" | "seen", back: string | null): string {
  const t = personWords[locale];
  const link = back === null ? "" : `<p><a class="button" href="${back}">OK</a></p>`;
  return document(locale, t[about], `<h1>${escaped(t[about])}</h1><p>${escaped(t[`${about}Lead`])}</p>${link}`);
}

function dateWriter(locale: Locale, timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { dateStyle: "long", timeZone });
  return (at) => format.format(at);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function document(locale: Locale, title: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

const style = `
:root{--ground:#FAF8F4;--sheet:#FFF;--line:#E6E2DA;--ink:#16211F;--muted:#5B6764;--green:#0F6B5C;--on:#FFF;--red:#B42318;--blue:#1F5FBF}
@media (prefers-color-scheme:dark){:root{--ground:#101615;--sheet:#171F1D;--line:#2A3532;--ink:#E7ECEA;--muted:#9BA8A4;--green:#5CCBB5;--on:#08201C;--red:#FF8A7A;--blue:#7FB2FF}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/24px Inter,system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:640px;margin:0 auto;padding:32px 20px 48px}
h1{font-size:24px;line-height:32px;margin:0 0 8px;text-wrap:balance}
h2{font-size:17px;line-height:24px;margin:0 0 4px}
p{margin:0 0 12px;text-wrap:pretty}
section{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:20px;margin:20px 0}
ul{list-style:none;margin:0 0 16px;padding:0}
li{padding:12px 0;border-top:1px solid var(--line)}
label{display:flex;gap:12px;align-items:flex-start;min-height:44px;cursor:pointer}
label span{display:block}
input[type=checkbox]{flex:none;width:22px;height:22px;margin:1px 0 0;accent-color:var(--green)}
small{display:block;font-size:14px;line-height:20px;color:var(--muted)}
blockquote{margin:4px 0 0 34px;padding:8px 12px;border-inline-start:3px solid var(--line);font-size:14px;line-height:20px}
.hint{margin:4px 0 0 34px;font-size:14px;line-height:20px;color:var(--muted)}
.notice{padding:12px 16px;border-inline-start:4px solid var(--green);border-radius:8px;background:var(--sheet)}
.sure{margin-bottom:8px}
button,.button{display:inline-block;min-height:44px;padding:10px 18px;border:1px solid var(--green);border-radius:8px;background:var(--green);color:var(--on);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.strong{background:var(--ink);border-color:var(--ink);color:var(--ground)}
.button{background:none;color:var(--ink);border-color:var(--muted)}
.danger{background:none;border-color:var(--red);color:var(--red)}
a{color:var(--blue)}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
footer{color:var(--muted);font-size:14px}
nav{display:flex;gap:16px}
nav>*{display:inline-block;min-height:44px;padding:10px 0}
`;

/** No script, nothing from elsewhere, and forms that lead only back here. */
export const personPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
