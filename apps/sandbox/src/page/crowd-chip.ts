import { useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { Avatar } from "./avatar.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { useMenu } from "./menu.ts";
import { Waiting } from "./part.ts";
import { phoneWords as words } from "./phone-words.ts";
import { language } from "./words.ts";

interface CrowdView {
  readonly size: number;
  readonly counts: Readonly<Record<"received" | "read" | "replied" | "blocked", number>>;
}
interface PeopleView {
  readonly people: readonly { readonly number: string; readonly name: string }[];
  readonly next: number;
  readonly more: boolean;
}

const atOnce = 8;
const count = new Intl.NumberFormat(language);

/** The crowd beside the people on the table: what it did so far, and its people to open one by one. Nothing where there is none. */
export function CrowdChip({ add }: { add: (number: string) => void }) {
  const [crowd] = useAnswer<CrowdView>("/crowd");
  const { open, menu, opener, toggle, close } = useMenu();
  if (!crowd || crowd.size === 0) return null;
  const { received, read, replied, blocked } = crowd.counts;
  const figures = [received, read, replied, blocked].map((figure) => count.format(figure));
  return html`
    <div class="crowd-chip">
      <button class="person more" aria-expanded=${open} ref=${opener} onClick=${toggle}>${icon("person", 16)}<span>${words.crowdChip(count.format(crowd.size))}</span></button>
      ${
        open &&
        html`
        <div class="menu crowd-menu" role="dialog" aria-label=${words.crowdTitle} ref=${menu}>
          <p>${words.crowdFigures(...(figures as [string, string, string, string]))} <a href="/rules#crowd">${words.crowdMore}</a></p>
          <${People} add=${(number: string) => {
            close();
            add(number);
          }} />
          <p class="foot">${words.crowdHint}</p>
        </div>`
      }
    </div>`;
}

function People({ add }: { add: (number: string) => void }) {
  const [after, setAfter] = useState(0);
  const [view, , problem] = useAnswer<PeopleView>(`/crowd/numbers?people=1&after=${after}&limit=${atOnce}`);
  if (!view) return html`<${Waiting} rows=${atOnce} problem=${problem} />`;
  return html`
    ${view.people.map(({ number, name }) => html`<button class="row" key=${number} onClick=${() => add(number)}><${Avatar} name=${name} size=${28} /><span><b>${name}</b><small>+${number}</small></span></button>`)}
    <div class="buttons">
      <button class="quiet small" disabled=${after === 0} onClick=${() => setAfter(Math.max(0, after - atOnce))}>${words.earlier}</button>
      <button class="quiet small" disabled=${!view.more} onClick=${() => setAfter(view.next)}>${words.later}</button>
    </div>`;
}
