import { isBody } from "./parameters.ts";
import type { Body, Message } from "./state.ts";

/** Something a message offers to tap, and what the phone then sends, in the Cloud API's field names. */
export interface Choice {
  readonly kind: "button" | "row";
  readonly title: string;
  readonly answer: Body;
}

/**
 * What the person may tap in a message of the business: quick replies of a template (also those of carousel cards), reply
 * buttons, rows of a list. Links, calls and flows are not among them: they tell the business nothing by themselves.
 */
export function choicesOf(message: Message): Choice[] {
  const context = { id: message.id };
  if (message.template) {
    const { rendered } = message.template;
    const cards = listOf(rendered.cards).flatMap((card) => listOf(card.buttons));
    return [...listOf(rendered.buttons), ...cards]
      .filter((button) => button.type === "QUICK_REPLY")
      .map(({ text, payload }) => ({
        kind: "button",
        title: String(text),
        answer: { type: "button", button: { payload: payload ?? text, text }, context },
      }));
  }
  if (message.type !== "interactive" || !isBody(message.content) || !isBody(message.content.action)) return [];
  const { buttons, sections } = message.content.action;
  const interactive = (kind: string, reply: Body): Body => ({
    type: "interactive",
    interactive: { type: kind, [kind]: reply },
    context,
  });
  return [
    ...listOf(buttons)
      .map((button) => button.reply)
      .filter(isBody)
      .map(
        (reply): Choice => ({
          kind: "button",
          title: String(reply.title),
          answer: interactive("button_reply", { id: reply.id, title: reply.title }),
        }),
      ),
    ...listOf(sections)
      .flatMap((section) => listOf(section.rows))
      .map((row): Choice => ({ kind: "row", title: String(row.title), answer: interactive("list_reply", row) })),
  ];
}

function listOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.filter(isBody) : [];
}
