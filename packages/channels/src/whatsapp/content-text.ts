import { never } from "@loket/kit";
import type {
  ContactCard,
  InteractiveMessage,
  InteractiveReply,
  MessageContent,
  TemplateSendComponent,
} from "./content.ts";

/** The plain text of a message: what lists show and search finds. Empty where it holds no words. */
export function contentText(content: MessageContent): string {
  switch (content.type) {
    case "text":
      return content.text.body;
    case "image":
      return content.image.caption ?? "";
    case "video":
      return content.video.caption ?? "";
    case "document":
      return lines(content.document.caption, content.document.filename);
    case "audio":
    case "sticker":
      return "";
    case "location":
      return lines(content.location.name, content.location.address) || place(content.location);
    case "contacts":
      return lines(...content.contacts.map(cardText));
    case "reaction":
      return content.reaction.emoji;
    case "interactive":
      return interactiveText(content.interactive);
    case "template":
      // Without the template's own words its name and values are all there is; `renderTemplate` gives the full text.
      return lines(content.template.name, ...(content.template.components ?? []).flatMap(componentWords));
    case "button":
      return content.button.text;
    case "order":
      return lines(
        content.order.text,
        ...content.order.product_items.map((item) => `${item.quantity} × ${item.product_retailer_id}`),
      );
    case "system":
      return content.system.body;
    case "unsupported":
    case "unrecognised":
      return "";
    default:
      return never(content, "content");
  }
}

function interactiveText(interactive: InteractiveMessage | InteractiveReply): string {
  switch (interactive.type) {
    case "button_reply":
      return interactive.button_reply.title;
    case "list_reply":
      return lines(interactive.list_reply.title, interactive.list_reply.description);
    case "nfm_reply":
      return formAnswers(interactive.nfm_reply.response_json) || (interactive.nfm_reply.body ?? "");
    case "call_permission_reply":
      return interactive.call_permission_reply.response;
    default: {
      const header =
        "header" in interactive && interactive.header?.type === "text" ? interactive.header.text : undefined;
      const footer = "footer" in interactive ? interactive.footer?.text : undefined;
      return lines(header, interactive.body?.text, footer);
    }
  }
}

/** The answers of a form, without the token that only machines read. */
function formAnswers(json: string): string {
  try {
    const answers: unknown = JSON.parse(json);
    if (typeof answers !== "object" || answers === null) return "";
    return lines(
      ...Object.entries(answers).map(([name, value]) =>
        name === "flow_token" || typeof value === "object" ? undefined : `${name}: ${String(value)}`,
      ),
    );
  } catch {
    return "";
  }
}

function componentWords(component: TemplateSendComponent): readonly string[] {
  if (component.type === "carousel") return component.cards.flatMap((card) => card.components.flatMap(componentWords));
  return component.parameters.flatMap((parameter) => {
    if (parameter.type === "text") return [parameter.text];
    if (parameter.type === "currency") return [parameter.currency.fallback_value];
    return parameter.type === "date_time" ? [parameter.date_time.fallback_value] : [];
  });
}

function cardText(card: ContactCard): string {
  return [card.name.formatted_name, ...(card.phones ?? []).map((phone) => phone.phone ?? phone.wa_id)]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

function place({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): string {
  return `${latitude}, ${longitude}`;
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}
