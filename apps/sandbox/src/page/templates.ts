import { useEffect, useRef, useState } from "preact/hooks";
import type { RejectionReason } from "../platform/rejection-reasons.ts";
import { type AccountView, ask, type Content, listen, type TemplateView } from "./ask.ts";
import { consoleWords as words } from "./console-words.ts";
import { html } from "./html.ts";
import { Part, Waiting } from "./part.ts";
import { words as common } from "./words.ts";

const tones: Record<string, string> = {
  APPROVED: "go",
  PENDING: "wait",
  PAUSED: "wait",
  REJECTED: "stop",
  DISABLED: "stop",
};
/** What needs a decision first. */
const order = ["PENDING", "PAUSED", "APPROVED", "REJECTED", "DISABLED"];

/** Templates of all accounts, with what a reviewer and the quality watch may do. */
export function Templates({ accounts }: { accounts: readonly AccountView[] }) {
  const [templates, setTemplates] = useState<TemplateView[] | null>(null);
  useEffect(() => {
    const load = () =>
      void ask<{ items: TemplateView[] }>("GET", "/templates").then(
        ({ items }) => setTemplates(items),
        () => {},
      );
    load();
    return listen((type) => {
      if (type === "template" || type === "reset" || type === "hello") load();
    });
  }, []);
  const rank = ({ status }: TemplateView) => (order.indexOf(status) + order.length + 1) % (order.length + 1);
  return html`
    <${Part} title=${words.templates} hint=${words.templatesHint}>
      ${templates === null && html`<${Waiting} rows=${8} />`}
      ${templates?.length === 0 && html`<p class="faint">${words.noTemplates}</p>`}
      ${
        templates !== null &&
        accounts.map((account) => {
          const own = templates.filter((template) => template.account_id === account.id);
          if (own.length === 0) return null;
          own.sort((one, other) => rank(one) - rank(other));
          return html`
            <table class="templates" key=${account.id}><caption>${account.name}</caption><tbody>
              ${own.map((template) => html`<${TemplateRow} key=${template.id} template=${template} />`)}
            </tbody></table>`;
        })
      }
    <//>`;
}

function TemplateRow({ template }: { template: TemplateView }) {
  const [isRejecting, setRejecting] = useState(false);
  const [problem, setProblem] = useState("");
  const { name, language, status } = template;
  const send = (body: Content) =>
    void ask("POST", `/templates/${template.id}/actions`, body).then(
      () => {
        setProblem("");
        setRejecting(false);
      },
      (error: Error) => setProblem(common.failed(error.message)),
    );
  const does = (type: string) => () => send({ type });
  const reject = () => setRejecting(!isRejecting);
  const offers: Record<string, readonly [string, () => void][]> = {
    PENDING: [
      [words.approve, does("approve")],
      [words.reject, reject],
    ],
    APPROVED: [
      [words.pauseTemplate, does("pause")],
      [words.disable, does("disable")],
    ],
    PAUSED: [
      [words.unpause, does("unpause")],
      [words.disable, does("disable")],
    ],
    REJECTED: [[words.approve, does("approve")]],
  };
  const text = String(template.components.find(({ type }) => type === "BODY")?.text ?? "");
  const reason = status === "REJECTED" ? words.reasons[template.rejected_reason as RejectionReason] : undefined;
  return html`
    <tr>
      <td class="name"><b>${name}</b><small>${language} · ${template.category.toLowerCase()}</small><small class="body" title=${text} dir="auto">${text}</small></td>
      <td><span class=${`state ${tones[status] ?? "rest"}`}>${status}</span>${reason && html`<small>${reason}</small>`}</td>
      <td class="acts">${(offers[status] ?? []).map(([label, act]) => html`<button class="quiet small" onClick=${act} aria-label=${`${label}: ${name} (${language})`} aria-expanded=${act === reject ? isRejecting : undefined}>${label}</button>`)}</td>
    </tr>
    ${
      (isRejecting || problem) &&
      html`<tr class="rejecting"><td colspan="3">
        ${isRejecting && html`<${Rejection} name=${name} reject=${send} close=${() => setRejecting(false)} />`}
        ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      </td></tr>`
    }`;
}

interface RejectionProps {
  readonly name: string;
  reject(body: Content): void;
  close(): void;
}

/** Why it is rejected: the platform's reason, and what the reviewer adds in words. */
function Rejection({ name, reject, close }: RejectionProps) {
  const reason = useRef<HTMLSelectElement>(null);
  useEffect(() => reason.current?.focus(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { details, ...rest } = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    reject({ type: "reject", ...rest, ...(details ? { details } : {}) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
  };
  return html`
    <form class="rejection" aria-label=${words.rejecting(name)} onSubmit=${submit} onKeyDown=${onKeyDown}>
      <label><span>${words.reason}</span><select name="reason" ref=${reason}>${Object.entries(words.reasons).map(([one, told]) => one !== "NONE" && html`<option value=${one}>${told}</option>`)}</select></label>
      <label class="wide"><span>${words.reviewerSays}</span><input name="details" autocomplete="off" /></label>
      <button class="solid">${words.reject}</button>
      <button type="button" class="quiet" onClick=${close}>${common.cancel}</button>
    </form>`;
}
