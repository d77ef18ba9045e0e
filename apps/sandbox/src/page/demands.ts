import { useState } from "preact/hooks";
import type { ClaimCode, ConsumerState, DemandState, SignalCode } from "../platform/rules/codes.ts";
import { useAnswer } from "./answer.ts";
import { ask } from "./ask.ts";
import { demandWords as words } from "./demand-words.ts";
import { html } from "./html.ts";
import { Part } from "./part.ts";
import { formatMoment } from "./shell.ts";
import { words as common } from "./words.ts";

interface Finding {
  readonly claim: string;
  readonly code?: ClaimCode;
  readonly quote: string;
}
interface DemandView {
  readonly id: string;
  readonly operator: string;
  readonly until: string;
  readonly quotes: readonly Finding[];
  readonly state: DemandState;
}
interface ConsumerView {
  readonly number: string;
  readonly operator: string;
  readonly state: ConsumerState;
  readonly points: readonly { readonly signal: string; readonly code?: SignalCode; readonly points: number }[];
}

const demandTones: Record<DemandState, string> = { open: "wait", answered: "go", "legal action": "stop" };
const consumerTones: Record<ConsumerState, string> = { active: "go", "under review": "wait", banned: "stop" };

/** Demands because of public claims, and what is held against ordinary accounts. */
export function OutsideThePlatform() {
  const [demands, reload] = useAnswer<{ items: readonly DemandView[] }>("/claims");
  const [consumers] = useAnswer<{ items: readonly ConsumerView[] }>("/consumers");
  const [notice, setNotice] = useState("");
  const tell = (error: Error) => setNotice(common.failed(error.message));
  const check = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { operator, text } = Object.fromEntries(new FormData(form)) as { operator: string; text: string };
    ask<{ found: Finding[]; demand: unknown }>("POST", "/claims", { operator, text }).then(({ found, demand }) => {
      setNotice(demand ? "" : found.length === 0 ? words.nothingFound : words.noDemand);
      if (demand) form.reset();
      reload();
    }, tell);
  };
  const answer = (id: string) => void ask("POST", `/claims/${id}/answer`).then(reload, tell);
  return html`
    <${Part} title=${words.title} hint=${words.hint}>
      <form class="claim-form" onSubmit=${check}>
        <label><span>${words.operator}</span><input name="operator" required autocomplete="off" /></label>
        <label class="wide"><span>${words.publicText}</span><textarea name="text" rows="2" required></textarea></label>
        <button class="quiet">${words.check}</button>
      </form>
      ${notice && html`<p class="problem" role="status">${notice}</p>`}
      ${demands && demands.items.length > 0 && html`<h3>${words.demands}</h3>${demands.items.map((demand) => html`<${Demand} key=${demand.id} demand=${demand} answer=${answer} />`)}`}
      ${consumers && consumers.items.length > 0 && html`<h3>${words.accounts}</h3>${consumers.items.map((one) => html`<${Consumer} key=${one.number} consumer=${one} />`)}`}
    <//>`;
}

function Demand({ demand, answer }: { demand: DemandView; answer: (id: string) => void }) {
  return html`
    <article class="demand">
      <p class="marks"><b>${demand.operator}</b><span class=${`state ${demandTones[demand.state]}`}>${words.states[demand.state]}</span>${demand.state === "open" && html`<span class="faint">${words.answerBy(formatMoment(new Date(demand.until)))}</span>`}</p>
      <ul>${demand.quotes.map(({ claim, code, quote }) => html`<li><b>${code ? words.claims[code] : claim}</b> <q dir="auto">${quote}</q></li>`)}</ul>
      ${demand.state === "open" && html`<button class="quiet small" onClick=${() => answer(demand.id)}>${words.answer}</button>`}
    </article>`;
}

function Consumer({ consumer }: { consumer: ConsumerView }) {
  const sum = consumer.points.reduce((total, { points }) => total + points, 0);
  return html`
    <article class="demand">
      <p class="marks"><b>+${consumer.number}</b><span class=${`state ${consumerTones[consumer.state]}`}>${words.consumerStates[consumer.state]}</span><span class="faint">${words.points(sum)}</span></p>
      <ul>${consumer.points.map(({ signal, code, points }) => html`<li>${code ? words.signals[code] : signal} <span class="faint">+${points}</span></li>`)}</ul>
    </article>`;
}
