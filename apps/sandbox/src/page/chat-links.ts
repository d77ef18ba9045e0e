import { useEffect, useState } from "preact/hooks";
import { type AccountView, ask, listen, type NumberView, type World } from "./ask.ts";
import { consoleWords as words } from "./console-words.ts";
import { CopyButton } from "./copy.ts";
import { html } from "./html.ts";
import { Part } from "./part.ts";
import { words as common } from "./words.ts";

interface QrCodeView {
  readonly code: string;
  readonly prefilledMessage: string;
}
type NumberWithCodes = NumberView & { readonly qrCodes: readonly QrCodeView[] };

/** For every number the link to its chat, and the QR codes the business made ("QR codes and short links"). */
export function ChatLinks({ world }: { world: World }) {
  const [latest, setLatest] = useState(world);
  useEffect(() => setLatest(world), [world]);
  useEffect(
    () =>
      listen((type, data) => {
        if (type === "log" && data.method !== "GET" && String(data.path).includes("message_qrdls"))
          void ask<World>("GET", "").then(setLatest, () => {});
      }),
    [],
  );
  return html`
    <${Part} title=${words.links} hint=${words.linksHint}>
      ${latest.accounts.flatMap((account) => account.numbers.map((number) => html`<${NumberLinks} key=${number.id} account=${account} number=${number} />`))}
    <//>`;
}

function NumberLinks({ account, number }: { account: AccountView; number: NumberWithCodes }) {
  const [problem, setProblem] = useState("");
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get("text"));
    makeCode(account, number, text).then(
      () => {
        form.reset();
        setProblem("");
      },
      (error: Error) => setProblem(common.failed(error.message)),
    );
  };
  const link = `https://wa.me/${number.number}`;
  return html`
    <div class="account">
      <h3>${number.verifiedName} <span class="faint">${number.displayNumber}</span></h3>
      <dl><dt>${words.chatLink}</dt><dd><a href=${`/wa/${number.number}`}><code>${link}</code></a><${CopyButton} text=${link} label=${words.chatLink} /></dd></dl>
      ${
        number.qrCodes.length > 0 &&
        html`<ul class="codes">${number.qrCodes.map(
          ({ code, prefilledMessage: text }) => html`
            <li key=${code}><a href=${`/wa/message/${code}`} aria-label=${words.openOnPhone(text)}><img src=${`/_sandbox/qr/${code}.svg`} alt="" width="116" height="116" /></a><span dir="auto">${text}</span></li>`,
        )}</ul>`
      }
      <form class="go-to" onSubmit=${make}><label><span>${words.prefilled}</span><input name="text" required maxlength="140" autocomplete="off" /></label><button class="quiet small">${words.makeCode}</button></form>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}

/** As the business would: over the Graph API, so that the log shows how. */
async function makeCode(account: AccountView, number: NumberView, text: string): Promise<void> {
  const response = await fetch(`/v25.0/${number.id}/message_qrdls`, {
    method: "POST",
    headers: { authorization: `Bearer ${account.tokens[0]?.token}`, "content-type": "application/json" },
    body: JSON.stringify({ prefilled_message: text }),
  });
  const { error } = (await response.json()) as { error?: { message: string } };
  if (error) throw new Error(error.message);
}
