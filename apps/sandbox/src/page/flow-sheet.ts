import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import { ask, type Content } from "./ask.ts";
import type { FlowStart } from "./doing.ts";
import { actionOf, type FlowScreen, resolved, screensOf } from "./flow-screens.ts";
import { html, type Markup } from "./html.ts";
import { inner, list, text } from "./message-content.ts";
import { Waiting } from "./part.ts";
import { phoneWords } from "./phone-words.ts";
import { Sheet } from "./sheet.ts";
import { words } from "./words.ts";

interface FlowSheetProps {
  readonly start: FlowStart;
  /** The business's number over which the endpoint is asked. */
  readonly numberId: string;
  close(): void;
  send(reply: Content): void;
}

type FlowView = {
  readonly id: string;
  readonly name: string;
  readonly json: string | null;
  readonly endpointUri: string | null;
};

/** What the endpoint of a flow answered: the next screen with its data, or the end with what is told to the business. */
interface ExchangeView {
  readonly answer: { readonly screen?: string; readonly data?: Content } | null;
  readonly error: string | null;
}

/** A flow's screens as a form. Its endpoint is asked where it has one; else the next screen follows with what was filled in. */
export function FlowSheet({ start, numberId, close, send }: FlowSheetProps) {
  const { flow, token } = start;
  const [flows] = useAnswer<{ items: readonly FlowView[] }>("/flows");
  const [at, setAt] = useState(start.screen);
  const [filled, setFilled] = useState<Content>(start.data);
  const [problem, setProblem] = useState("");
  const [begun, setBegun] = useState(!start.asks);
  const known = flows?.items.find(({ id, name }) => id === flow || name === flow);
  const isServed = known !== undefined && known.endpointUri !== null;
  const exchange = async (question: Content, now: Content) => {
    const asked = { ...question, flowToken: token, to: numberId };
    const { answer, error } = await ask<ExchangeView>("POST", `/flows/${known?.id}/exchange`, asked);
    if (error !== null || !answer) return setProblem(phoneWords.endpointFailed(error ?? ""));
    const told = inner(answer.data);
    if (answer.screen === "SUCCESS") return finish(inner(inner(told.extension_message_response).params));
    setProblem("");
    setFilled({ ...now, ...told });
    if (answer.screen !== undefined) setAt(answer.screen);
    setBegun(true);
  };
  const notAsked = (error: Error) => setProblem(words.failed(error.message));
  useEffect(() => {
    if (isServed && !begun) exchange({ action: "INIT" }, {}).catch(notAsked);
  }, [isServed]);
  const finish = (payload: Content) =>
    send({ name: "flow", body: "Sent", response_json: JSON.stringify({ flow_token: token, ...payload }) });
  if (!flows || (isServed && !begun))
    return html`
      <${Sheet} title=${phoneWords.form} close=${close}>
        ${problem ? html`<p class="problem" role="alert">${problem}</p>` : html`<${Waiting} rows=${4} />`}
      <//>`;
  const screens = screensOf(known?.json);
  const screen = screens.find(({ id }) => id === at) ?? screens[0];
  if (!screen)
    return html`
      <${Sheet} title=${phoneWords.form} close=${close}>
        <p class="foot">${phoneWords.fillForm}</p><button class="solid wide" onClick=${() => finish({})}>${phoneWords.sendForm}</button>
      <//>`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const now = { ...filled, ...readForm(event.currentTarget as HTMLFormElement, screen) };
    const { does, to, payload } = actionOf(screen.parts.find(({ type }) => type === "Footer") ?? {});
    const told = resolved(payload, now);
    if (does === "complete") return finish(told);
    if (does === "data_exchange" && isServed)
      return void exchange({ action: "data_exchange", screen: screen.id, data: told }, now).catch(notAsked);
    const next = does === "navigate" ? to : (screens[screens.indexOf(screen) + 1]?.id ?? "");
    if (!screens.some(({ id }) => id === next)) return finish({ ...now, ...told });
    setFilled({ ...now, ...told });
    setAt(next);
  };
  return html`
    <${Sheet} title=${screen.title || phoneWords.form} close=${close} kind="flow">
      <form key=${screen.id} onSubmit=${submit}>${screen.parts.map((part) => html`<${FlowPart} part=${resolved(part, filled)} />`)}</form>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <//>`;
}

function readForm(form: HTMLFormElement, screen: FlowScreen): Content {
  const data = new FormData(form);
  return Object.fromEntries(
    screen.parts
      .filter(({ name }) => typeof name === "string")
      .map(({ name, type }) => {
        const key = text(name);
        if (type === "CheckboxGroup") return [key, data.getAll(key)];
        return [key, type === "OptIn" ? data.has(key) : (data.get(key) ?? "")];
      }),
  );
}

const inputTypes: Record<string, string> = {
  text: "text",
  number: "number",
  email: "email",
  password: "password",
  passcode: "password",
  phone: "tel",
};

function FlowPart({ part }: { part: Content }): Markup {
  const label = text(part.label);
  const name = text(part.name);
  const required = part.required === true;
  const options = list(part["data-source"]);
  const helper = text(part["helper-text"]) && html`<small>${text(part["helper-text"])}</small>`;
  switch (part.type) {
    case "TextHeading":
      return html`<h4 class="big" dir="auto">${text(part.text)}</h4>`;
    case "TextSubheading":
      return html`<h4 dir="auto">${text(part.text)}</h4>`;
    case "TextBody":
      return html`<p dir="auto">${text(part.text)}</p>`;
    case "TextCaption":
      return html`<p class="foot" dir="auto">${text(part.text)}</p>`;
    case "TextInput":
      return html`<label class="field"><span>${label}</span><input name=${name} type=${inputTypes[text(part["input-type"])] ?? "text"} required=${required} />${helper}</label>`;
    case "TextArea":
      return html`<label class="field"><span>${label}</span><textarea name=${name} rows="3" required=${required}></textarea>${helper}</label>`;
    case "DatePicker":
    case "CalendarPicker":
      return html`<label class="field"><span>${label}</span><input name=${name} type="date" required=${required} />${helper}</label>`;
    case "Dropdown":
      return html`<label class="field"><span>${label}</span><select name=${name} required=${required}><option value=""></option>${options.map((one) => html`<option value=${text(one.id)}>${text(one.title)}</option>`)}</select></label>`;
    case "RadioButtonsGroup":
    case "CheckboxGroup": {
      const type = part.type === "CheckboxGroup" ? "checkbox" : "radio";
      return html`<fieldset><legend>${label}</legend>${options.map((one) => html`<label class="option"><input type=${type} name=${name} value=${text(one.id)} required=${required && type === "radio"} /><span>${text(one.title)}</span></label>`)}</fieldset>`;
    }
    case "OptIn":
      return html`<label class="option"><input type="checkbox" name=${name} required=${required} /><span>${label}</span></label>`;
    case "Footer":
      return html`<button class="solid wide">${label || phoneWords.sendForm}</button>`;
    default:
      return null;
  }
}
