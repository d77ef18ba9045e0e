import type { World } from "./ask.ts";
import { ask } from "./ask.ts";
import { consoleWords } from "./console-words.ts";
import { html } from "./html.ts";
import { Part } from "./part.ts";
import { formatMoment, useNow } from "./shell.ts";
import { spanMs, TurningProgress, useTurning } from "./turning.ts";
import { words } from "./words.ts";

const spans = ["1m", "1h", "6h", "25h", "7d", "30d"];

/** The sandbox's hour, ways forward, and the way back to the first morning. */
export function ClockPart({ world }: { world: World }) {
  const now = useNow(world.now);
  const { turning, problem, advance, turnTo } = useTurning();
  const reset = () => {
    if (confirm(consoleWords.resetQuestion)) void ask("POST", "/reset", { keepSubscriptions: true });
  };
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = new Date(String(new FormData(event.currentTarget as HTMLFormElement).get("to")));
    if (!Number.isNaN(wanted.getTime())) turnTo(now, wanted);
  };
  const waiting = world.webhooks.reduce((sum, lane) => sum + (lane.waiting ? lane.queued : 0) + lane.setAside, 0);
  const shown = turning ? new Date(turning.at) : now;
  return html`
    <${Part} title=${words.clock} hint=${consoleWords.clockHint} action=${html`<button class="quiet small danger" onClick=${reset}>${consoleWords.reset}</button>`}>
      <p class="now"><time>${shown ? formatMoment(shown) : ""}</time></p>
      <div class="buttons">${spans.map((span) => html`<button class="quiet small" disabled=${turning !== null} aria-label=${words.advance(span)} onClick=${() => advance(now, spanMs(span))}>+${span}</button>`)}
      ${waiting > 0 && html`<button class="quiet small" title=${consoleWords.waitingWebhooks(waiting)} onClick=${() => ask("POST", "/webhooks/retry")}>${consoleWords.retryNow}</button>`}</div>
      <form class="go-to" onSubmit=${go}><label><span>${consoleWords.goTo}</span><input type="datetime-local" name="to" required min=${now ? localMinute(now) : ""} /></label><button class="quiet small" disabled=${turning !== null}>${consoleWords.go}</button></form>
      <${TurningProgress} />
      ${problem && html`<p class="problem" role="alert">${words.failed(problem)}</p>`}
    <//>`;
}

/** As a field for a local date and time has it. */
function localMinute(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
