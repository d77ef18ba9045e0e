import { render } from "preact";
import type { AccountView, World } from "./ask.ts";
import { ChatLinks } from "./chat-links.ts";
import { ClockPart } from "./clock.ts";
import { consoleWords } from "./console-words.ts";
import { CopyButton } from "./copy.ts";
import { Faults } from "./faults.ts";
import { html } from "./html.ts";
import { LogPart } from "./log.ts";
import { Part, Waiting } from "./part.ts";
import { Shell, useWorld } from "./shell.ts";
import { Templates } from "./templates.ts";

function Console() {
  const { world, lost } = useWorld();
  return html`
    <${Shell} page="console" world=${world} lost=${lost}>
      <main class="console-page">
        ${
          world
            ? html`
          <div><${Accounts} world=${world} /><${ChatLinks} world=${world} /><${Templates} accounts=${world.accounts} /></div>
          <div><${ClockPart} world=${world} /><${LogPart} world=${world} /><${Faults} /></div>`
            : html`<div><${Part} title=${consoleWords.accounts}><${Waiting} rows=${9} /><//></div><div><${Part} title=${consoleWords.log}><${Waiting} rows=${9} /><//></div>`
        }
      </main>
    <//>`;
}

function Copyable({ label, text }: { label: string; text: string }) {
  return html`<dt>${label}</dt><dd><code title=${text}>${text}</code><${CopyButton} text=${text} label=${label} /></dd>`;
}

function Accounts({ world }: { world: World }) {
  const app = world.apps[0];
  return html`
    <${Part} title=${consoleWords.accounts} hint=${consoleWords.accountsHint}>
      <dl>
        <${Copyable} label=${consoleWords.baseUrl} text=${world.url} />
        ${app && html`<${Copyable} label=${consoleWords.appId} text=${app.id} /><${Copyable} label=${consoleWords.appSecret} text=${app.secret} /><${Copyable} label=${consoleWords.appToken} text=${app.accessToken} /><dt>${consoleWords.callback}</dt><dd><code class=${app.callbackUrl ? "" : "faint"}>${app.callbackUrl ?? consoleWords.noCallback}</code></dd>`}
      </dl>
      ${world.accounts.map((account) => html`<${Account} account=${account} />`)}
    <//>`;
}

function Account({ account }: { account: AccountView }) {
  const override = account.subscribedApps.find(({ overrideUrl }) => overrideUrl !== null)?.overrideUrl;
  return html`
    <div class="account">
      <h3>${account.name}</h3>
      <dl>
        <${Copyable} label=${consoleWords.accountId} text=${account.id} />
        ${account.tokens.map(({ token }) => html`<${Copyable} label=${consoleWords.token} text=${token} />`)}
        ${account.numbers.map(
          (number) => html`
          <dt>${consoleWords.number}</dt><dd><b>${number.displayNumber}</b><span class=${number.status === "CONNECTED" ? "state go" : "state stop"}>${number.status}</span><span class="faint">${consoleWords.messagesPerSecond(number.throughputPerSecond)}</span></dd>
          <${Copyable} label=${consoleWords.phoneNumberId} text=${number.id} />
          <dt>${consoleWords.callback}</dt><dd><code class=${number.callbackUrl ? "" : "faint"}>${number.callbackUrl ?? override ?? consoleWords.noCallback}</code></dd>`,
        )}
      </dl>
    </div>`;
}

const root = document.getElementById("app");
if (root) render(html`<${Console} />`, root);
