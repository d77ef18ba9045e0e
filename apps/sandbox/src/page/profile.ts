import type { NumberView } from "./ask.ts";
import { Avatar } from "./avatar.ts";
import { html } from "./html.ts";
import { phoneWords } from "./phone-words.ts";
import { Sheet } from "./sheet.ts";
import { tradeInWords } from "./trade-words.ts";

/** What a business tells about itself, as a person sees it who taps its name. */
export function Profile({ business, close }: { business: NumberView; close: () => void }) {
  const { profile } = business;
  const websites = Array.isArray(profile.websites) ? profile.websites.map(String) : [];
  const facts = [
    [phoneWords.about, profile.about],
    [phoneWords.description, profile.description],
    [phoneWords.trade, tradeInWords(profile.vertical)],
    [phoneWords.address, profile.address],
    [phoneWords.email, profile.email],
  ].filter(([, value]) => typeof value === "string" && value !== "");
  return html`
    <${Sheet} title=${phoneWords.profile(business.verifiedName)} kind="profile" close=${close}>
        <div class="who"><${Avatar} name=${business.verifiedName} size=${64} /><b>${business.verifiedName}</b><span>${business.displayNumber}</span></div>
        <dl>
          ${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd dir="auto">${value}</dd></div>`)}
          ${websites.length > 0 && html`<div><dt>${phoneWords.websites}</dt>${websites.map((site) => html`<dd><a href=${site} target="_blank" rel="noopener noreferrer">${site}</a></dd>`)}</div>`}
        </dl>
        ${facts.length + websites.length === 0 && html`<p class="hint">${phoneWords.nothingTold}</p>`}
    <//>`;
}
