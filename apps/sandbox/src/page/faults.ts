import { useEffect, useState } from "preact/hooks";
import { ask, type Content, listen } from "./ask.ts";
import { consoleWords as words } from "./console-words.ts";
import { type FaultsView, leftOf, othersOf, presets, switched } from "./fault-presets.ts";
import { html } from "./html.ts";
import { Part, Waiting } from "./part.ts";

/** What goes wrong, as switches; faults set over the control face are shown as they are. */
export function Faults() {
  const [faults, setFaults] = useState<FaultsView | null>(null);
  useEffect(() => {
    const load = () => void ask<FaultsView>("GET", "/faults").then(setFaults, () => {});
    load();
    return listen((type, data) => {
      if (type === "hello" || type === "reset" || type === "faults" || (type === "log" && data.kind === "request"))
        load();
    });
  }, []);
  if (!faults) return html`<${Part} title=${words.faults} hint=${words.faultsHint}><${Waiting} rows=${5} /><//>`;
  const set = (change: Content) => void ask<FaultsView>("POST", "/faults", change).then(setFaults, () => {});
  const clear = () => void ask<FaultsView>("DELETE", "/faults").then(setFaults, () => {});
  const others = othersOf(faults);
  const isAny = others.length > 0 || presets.some((preset) => leftOf(preset, faults) > 0);
  const action = isAny && html`<button class="quiet small danger" onClick=${clear}>${words.clearFaults}</button>`;
  return html`
    <${Part} title=${words.faults} hint=${words.faultsHint} action=${action}>
      ${presets.map((preset) => {
        const left = leftOf(preset, faults);
        const [name, hint] = words.faultNames[preset.name];
        return html`
          <label class="switch fault" key=${preset.name}>
            <span><b>${name}</b><small>${hint}${left > 0 && Number.isFinite(left) ? html` <em>${words.strikesLeft(left)}</em>` : ""}</small></span>
            <input type="checkbox" role="switch" checked=${left > 0} onChange=${(event: Event) => set(switched(preset, (event.currentTarget as HTMLInputElement).checked, faults))} />
          </label>`;
      })}
      ${others.length > 0 && html`<div class="faults-now"><p>${words.otherFaults}</p><pre tabindex="0">${others.map((one) => JSON.stringify(one)).join("\n")}</pre></div>`}
    <//>`;
}
