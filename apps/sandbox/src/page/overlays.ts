import type { Content } from "./ask.ts";
import type { Doing, Opened } from "./doing.ts";
import { FlowSheet } from "./flow-sheet.ts";
import { html } from "./html.ts";
import { ListSheet } from "./list-sheet.ts";
import { phoneWords } from "./phone-words.ts";
import { ProductSheet } from "./product-sheet.ts";
import { Sheet } from "./sheet.ts";

/** Whatever a message opened over its chat; what is chosen there is answered to that message. */
export function Overlay({ opened, doing, close }: { opened: Opened; doing: Doing; close: () => void }) {
  const answer = (content: Content) => {
    close();
    if ("message" in opened) doing.answer(opened.message, content);
  };
  const interactive = (type: string, reply: Content) =>
    answer({ type: "interactive", interactive: { type, [type]: reply } });
  switch (opened.kind) {
    case "list":
      return html`<${ListSheet} message=${opened.message} close=${close} choose=${(row: Content) => interactive("list_reply", row)} />`;
    case "products":
      return html`<${ProductSheet} numberId=${opened.message.numberId} action=${opened.action} close=${close} order=${answer} />`;
    case "flow":
      return html`<${FlowSheet} start=${opened.start} numberId=${opened.message.numberId} close=${close} send=${(reply: Content) => interactive("nfm_reply", reply)} />`;
    case "picture":
      return html`<${Sheet} title=${phoneWords.photoLabel} kind="viewer" close=${close}><img src=${opened.source} alt=${opened.caption || phoneWords.photoLabel} referrerpolicy="no-referrer" />${opened.caption && html`<p dir="auto">${opened.caption}</p>`}<//>`;
  }
}
