import {
  at,
  choiceAt,
  isBody,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  optionalListAt,
  optionalTextAt,
  textAt,
} from "./parameters.ts";
import type { Body, TemplateCategory } from "./state.ts";
import { refuse } from "./template-refusal.ts";

/** What is asked of templates of a certain kind beside the limits every component has ("Template components", each kind's own page). */
export function lintKind(components: readonly Body[], category: TemplateCategory): void {
  const find = (type: string) => components.find((component) => component.type === type);
  const offer = find("LIMITED_TIME_OFFER");
  if (category === "AUTHENTICATION") lintAuthentication(components);
  else if (buttonsOf(find("BUTTONS")).some(({ type }) => type === "OTP"))
    throw refuse(2388072, "Invalid buttons", "One-time password buttons belong to authentication templates.");
  if (offer) lintOffer(offer, components, category);
  if (find("CAROUSEL") && (find("HEADER") || find("FOOTER") || find("BUTTONS")))
    throw refuse(2388072, "Invalid carousel", "A carousel has a body and cards, nothing else.");
  if (String(find("HEADER")?.format) === "GIF" && category !== "MARKETING")
    throw refuse(2388047, "Invalid header", "Only marketing templates can have a GIF.");
}

function buttonsOf(component: Body | undefined): Body[] {
  return Array.isArray(component?.buttons) ? component.buttons.filter(isBody) : [];
}

/** The platform's own text, a code's button, and nothing else ("Authentication templates"). */
function lintAuthentication(components: readonly Body[]): void {
  for (const { type, text } of components) {
    if (type !== "BODY" && type !== "FOOTER" && type !== "BUTTONS")
      throw refuse(2388072, "Invalid components", "An authentication template has a body, a footer and a button.");
    if (type !== "BUTTONS" && text !== undefined)
      throw refuse(2388072, "Invalid components", "The text of an authentication template can not be changed.");
  }
  const buttons = buttonsOf(components.find(({ type }) => type === "BUTTONS"));
  const [button] = buttons;
  if (!button || buttons.length > 1 || button.type !== "OTP")
    throw refuse(2388072, "Invalid buttons", "An authentication template needs one button of type OTP.");
  const path = "components['buttons'][0]";
  const kind = choiceAt(button, "otp_type", path, ["COPY_CODE", "ONE_TAP", "ZERO_TAP"]);
  button.otp_type = kind;
  const autofill = optionalTextAt(button, "autofill_text", path);
  if (autofill !== null && autofill.length > 25)
    throw refuse(2388040, "Button text is too long", "The autofill text can have at most 25 characters.");
  if (kind === "COPY_CODE") return;
  if (kind === "ZERO_TAP" && button.zero_tap_terms_accepted !== true)
    throw refuse(2388072, "Terms are not accepted", "zero_tap_terms_accepted must be true.");
  const apps = objectsAt(listAt(button, "supported_apps", path), at(path, "supported_apps"));
  if (apps.length < 1 || apps.length > 5) throw refuse(2388072, "Invalid apps", "supported_apps holds 1 to 5 apps.");
  for (const { item, path: appPath } of apps) {
    const name = textAt(item, "package_name", appPath);
    if (name.length > 224 || !/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/.test(name))
      throw refuse(2388072, "Invalid apps", "package_name must be the name of an Android package.");
    if (textAt(item, "signature_hash", appPath).length !== 11)
      throw refuse(2388072, "Invalid apps", "signature_hash must have 11 characters.");
  }
}

/** A limited-time offer: marketing, a heading of 16 characters, a body of 600, no footer, a button ("Limited-time offer templates"). */
function lintOffer(offer: Body, components: readonly Body[], category: TemplateCategory): void {
  const path = "components['limited_time_offer']";
  const heading = textAt(objectAt(offer, "limited_time_offer", path), "text", path, { min: 1 });
  const find = (type: string) => components.find((component) => component.type === type);
  if (category !== "MARKETING")
    throw refuse(2388072, "Invalid offer", "Only marketing templates can have a limited-time offer.");
  if (heading.length > 16)
    throw refuse(2388040, "Offer is too long", "The offer's text can have at most 16 characters.");
  if (find("FOOTER")) throw refuse(2388073, "Invalid footer", "A limited-time offer can not have a footer.");
  if (String(find("BODY")?.text ?? "").length > 600)
    throw refuse(2388040, "Body is too long", "The body of a limited-time offer can have at most 600 characters.");
  const format = find("HEADER")?.format;
  if (format !== undefined && format !== "IMAGE" && format !== "VIDEO")
    throw refuse(2388047, "Invalid header", "The header of a limited-time offer is an image or a video.");
  const types = buttonsOf(find("BUTTONS")).map(({ type }) => type);
  if (types.length === 0 || types.some((type) => type !== "COPY_CODE" && type !== "URL"))
    throw refuse(2388072, "Invalid buttons", "A limited-time offer has a link and may have a code to copy.");
  if (types.indexOf("COPY_CODE") > 0) throw refuse(2388072, "Invalid buttons", "The code to copy comes first.");
}

const alone = ["CATALOG", "MPM", "SPM"];
const shorteners = /^https?:\/\/(www\.)?(bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|ow\.ly|buff\.ly|rb\.gy|cutt\.ly)\//i;

/** What each kind of button needs of its own. */
export function lintButtonKind(button: Body, type: string, path: string): void {
  if (type === "COPY_CODE") {
    const example = Array.isArray(button.example) ? button.example[0] : button.example;
    if (typeof example !== "string" || example === "")
      throw refuse(2388072, "Example is missing", "A code to copy needs an example.");
    if (example.length > 20) throw refuse(2388040, "Code is too long", "A code can have at most 20 characters.");
  }
  if (type === "FLOW") {
    const named = ["flow_id", "flow_name", "flow_json"].filter((key) => button[key] !== undefined);
    if (named.length !== 1)
      throw refuse(2388072, "Invalid button", "A flow is named by one of flow_id, flow_name and flow_json.");
  }
  if (type === "PHONE_NUMBER" && textAt(button, "phone_number", path).length > 20)
    throw refuse(2388040, "Phone number is too long", "A phone number can have at most 20 characters.");
  if (type === "VOICE_CALL" && button.ttl_minutes !== undefined) {
    const minutes = numberAt(button, "ttl_minutes", path);
    if (minutes < 1 || minutes > 43_200) throw refuse(2388072, "Invalid button", "ttl_minutes must be 1 to 43200.");
  }
  if (type === "URL" && shorteners.test(String(button.url)))
    throw refuse(2388072, "Invalid button", "The URL of a button can not be a shortened one.");
}

/** Catalogue and product buttons stand alone. */
export function lintTogether(types: readonly string[]): void {
  if (types.length > 1 && types.some((type) => alone.includes(type)))
    throw refuse(2388072, "Invalid buttons", `Buttons of type ${alone.join(", ")} stand alone.`);
}

/** A card has a picture or a film, and at most two buttons ("Media card carousel templates"). */
export function lintCard(components: readonly Body[], path: string): void {
  const header = components.find(({ type }) => type === "HEADER");
  if (!["IMAGE", "VIDEO", "PRODUCT"].includes(String(header?.format)))
    throw refuse(2388047, "Invalid card", "Each card needs a header with an image, a video or a product.");
  const buttons = components.find(({ type }) => type === "BUTTONS");
  if (buttons && (optionalListAt(buttons, "buttons", path) ?? []).length > 2)
    throw refuse(2388072, "Invalid card", "A card can have at most 2 buttons.");
}
