import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, Template } from "./state.ts";
import { tell } from "./webhooks.ts";

/** An edited template came through its review: its new text goes out as `message_template_components_update`. */
export function tellComponents(platform: Platform, template: Template): void {
  const account = platform.state.accounts.get(template.accountId);
  if (!account) return;
  const find = (type: string) => template.components.find((component) => component.type === type);
  const header = find("HEADER");
  const footer = find("FOOTER");
  const buttons = find("BUTTONS")?.buttons;
  tell(platform, account, "message_template_components_update", {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_element: String(find("BODY")?.text ?? ""),
    ...(typeof header?.text === "string" ? { message_template_title: header.text } : {}),
    ...(typeof footer?.text === "string" ? { message_template_footer: footer.text } : {}),
    ...(Array.isArray(buttons) ? { message_template_buttons: buttons.filter(isBody).map(buttonOf) } : {}),
  });
}

function buttonOf({ type, text, url, phone_number: phoneNumber }: Body): Body {
  return {
    message_template_button_type: type,
    message_template_button_text: text,
    ...(url === undefined ? {} : { message_template_button_url: url }),
    ...(phoneNumber === undefined ? {} : { message_template_button_phone_number: phoneNumber }),
  };
}
