import type { Message, Template } from "@loket/contract";
import {
  IconAd2,
  IconAddressBook,
  IconFileText,
  IconForms,
  IconInfoCircle,
  IconListDetails,
  IconMapPin,
  IconPointer,
  IconShoppingBag,
} from "@tabler/icons-react";
import { useState } from "react";
import { useT } from "../shell/i18n.tsx";
import { Buttons } from "../templates/TemplateBubble.tsx";
import { renderSent } from "../templates/templates.ts";
import { Icon } from "../ui/Icon.tsx";
import { MediaPart } from "./MediaPart.tsx";
import styles from "./MessageContent.module.css";

type Loose = Record<string, unknown>;

function record(value: unknown): Loose {
  return typeof value === "object" && value !== null ? (value as Loose) : {};
}
function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map(record) : [];
}
function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** What a message says, whatever its kind. A kind nobody knows is said plainly, never hidden. */
export function MessageContent(props: { message: Message; templates: readonly Template[] }) {
  const { message, templates } = props;
  const { content, type, media } = message;
  const part = record(content[type]);

  return (
    <>
      {"referral" in content && <Referral referral={record(content.referral)} />}
      {media && <MediaPart media={media} voice={part.voice === true} />}
      <Kind message={message} part={part} templates={templates} />
    </>
  );
}

function Kind(props: { message: Message; part: Loose; templates: readonly Template[] }) {
  const { message, part, templates } = props;
  const t = useT();
  const { type, content } = message;

  switch (type) {
    case "text":
      return <Words text={message.text ?? text(part.body)} />;
    case "image":
    case "video":
    case "document":
    case "audio":
    case "voice":
    case "sticker":
      return (
        <>
          {!message.media && <Plain icon={IconFileText} words={t(`media.${type === "voice" ? "voice" : type}`)} />}
          {text(part.caption) && <Words text={text(part.caption)} />}
        </>
      );
    case "location":
      return <Location location={part} />;
    case "contacts":
      return <Contacts contacts={list(content.contacts)} />;
    case "button":
      return <Tapped title={text(part.text) || (message.text ?? "")} />;
    case "interactive":
      return <Interactive interactive={part} fallback={message.text} />;
    case "template":
      return <SentTemplate message={message} part={part} templates={templates} />;
    case "order":
      return <Order order={part} />;
    case "system":
      return <Plain icon={IconInfoCircle} words={message.text ?? (text(part.body) || t("content.system"))} />;
    case "unsupported": {
      const kind = text(record(content.unsupported).type) || text(list(content.errors)[0]?.title) || type;
      return (
        <Plain
          icon={IconInfoCircle}
          words={`${t("message.unsupported", { kind })} ${t("message.unsupportedAdvice")}`}
        />
      );
    }
    default:
      return (
        <>
          {message.text && <Words text={message.text} />}
          {!message.text && <Plain icon={IconInfoCircle} words={t("message.unrecognised", { kind: type })} />}
        </>
      );
  }
}

const foldAfter = 1_200;
const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,24}$/u;
const hasPicture = /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]/u;
const link = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/g;

/** Message text: links made tappable, emoji alone shown large, a very long one folded. */
export function Words(props: { text: string }) {
  const { text: words } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  const large =
    hasPicture.test(words) && onlyEmoji.test(words) && [...new Intl.Segmenter().segment(words.trim())].length <= 4;
  const folded = words.length > foldAfter && !open;
  const shown = folded ? `${words.slice(0, foldAfter).trimEnd()}…` : words;

  return (
    <p className={styles.words} dir="auto" data-large={large || undefined}>
      {shown.split(link).map((piece, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
          <a key={index} href={piece} target="_blank" rel="noreferrer noopener">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
      {words.length > foldAfter && (
        <button type="button" className={`plain ${styles.more}`} onClick={() => setOpen(!open)}>
          {open ? t("message.less") : t("message.more")}
        </button>
      )}
    </p>
  );
}

function Plain(props: { icon: typeof IconInfoCircle; words: string }) {
  const { icon, words } = props;
  return (
    <p className={styles.plain}>
      <Icon of={icon} />
      <span dir="auto">{words}</span>
    </p>
  );
}

function Tapped(props: { title: string; description?: string }) {
  const { title, description } = props;
  const t = useT();
  return (
    <div className={styles.tapped}>
      <span className={styles.small}>
        <Icon of={IconPointer} size={14} /> {t("content.tapped")}
      </span>
      <p dir="auto">{title}</p>
      {description && (
        <p className={styles.small} dir="auto">
          {description}
        </p>
      )}
    </div>
  );
}

function Location(props: { location: Loose }) {
  const { location } = props;
  const t = useT();
  const [latitude, longitude] = [text(location.latitude), text(location.longitude)];
  return (
    <div className={styles.card}>
      <span className={styles.pin}>
        <Icon of={IconMapPin} size={22} />
      </span>
      <div>
        <p dir="auto">{text(location.name) || t("content.location")}</p>
        <p className={styles.small} dir="auto">
          {text(location.address) || `${latitude}, ${longitude}`}
        </p>
        <a
          className={styles.small}
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          {t("content.openMap")}
        </a>
      </div>
    </div>
  );
}

function Contacts(props: { contacts: Loose[] }) {
  const { contacts } = props;
  const t = useT();
  return (
    <>
      {contacts.map((contact, index) => {
        const name = text(record(contact.name).formatted_name) || t("content.contacts");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the cards of one fixed message
          <div key={index} className={styles.card}>
            <span className={styles.pin}>
              <Icon of={IconAddressBook} size={22} />
            </span>
            <div>
              <p dir="auto">{name}</p>
              {list(contact.phones).map((phone) => (
                <p key={text(phone.phone)} className={`${styles.small} figures`}>
                  <a href={`tel:${text(phone.phone).replace(/[^\d+]/g, "")}`}>{text(phone.phone)}</a>
                </p>
              ))}
              {list(contact.emails).map((email) => (
                <p key={text(email.email)} className={styles.small}>
                  <a href={`mailto:${text(email.email)}`}>{text(email.email)}</a>
                </p>
              ))}
            </div>
          </div>
        );
      })}
    </>
  );
}

function Interactive(props: { interactive: Loose; fallback: string | null }) {
  const { interactive, fallback } = props;
  const t = useT();
  const type = text(interactive.type);
  if (type === "button_reply") return <Tapped title={text(record(interactive.button_reply).title)} />;
  if (type === "list_reply") {
    const reply = record(interactive.list_reply);
    return <Tapped title={text(reply.title)} description={text(reply.description)} />;
  }
  if (type === "nfm_reply") return <FlowReply reply={record(interactive.nfm_reply)} />;
  const action = record(interactive.action);
  const body = text(record(interactive.body).text);
  if (!body && !type)
    return <Plain icon={IconInfoCircle} words={fallback ?? t("message.unrecognised", { kind: "interactive" })} />;

  const header = text(record(interactive.header).text);
  const footer = text(record(interactive.footer).text);
  const buttons = list(action.buttons).map((button) => text(record(button.reply).title));
  const url = record(action.parameters);
  return (
    <div className={styles.structured}>
      {header && (
        <p className={styles.header} dir="auto">
          {header}
        </p>
      )}
      <Words text={body || fallback || ""} />
      {footer && (
        <p className={styles.small} dir="auto">
          {footer}
        </p>
      )}
      <Buttons
        buttons={[
          ...buttons.map((title) => ({ title, url: null })),
          ...(text(url.display_text) ? [{ title: text(url.display_text), url: text(url.url) || null }] : []),
        ]}
      />
      {type === "list" && (
        <details className={styles.list}>
          <summary>
            <Icon of={IconListDetails} size={16} /> {t("content.list", { button: text(action.button) })}
          </summary>
          {list(action.sections).map((section) => (
            <div key={text(section.title)}>
              {text(section.title) && <p className={styles.small}>{text(section.title)}</p>}
              <ul>
                {list(section.rows).map((row) => (
                  <li key={text(row.id)} dir="auto">
                    {text(row.title)}
                    {text(row.description) && <span className={styles.small}> · {text(row.description)}</span>}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
    </div>
  );
}

function FlowReply(props: { reply: Loose }) {
  const { reply } = props;
  const t = useT();
  let answers: [string, unknown][] = [];
  try {
    answers = Object.entries(record(JSON.parse(text(reply.response_json) || "{}"))).filter(
      ([name]) => name !== "flow_token",
    );
  } catch {
    // Not JSON: the fact that a form came is all there is to show.
  }
  return (
    <div className={styles.structured}>
      <p className={styles.plain}>
        <Icon of={IconForms} /> {t("content.flow")}
      </p>
      <dl className={styles.answers}>
        {answers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Order(props: { order: Loose }) {
  const { order } = props;
  const t = useT();
  const products = list(order.product_items);
  return (
    <div className={styles.structured}>
      <p className={styles.plain}>
        <Icon of={IconShoppingBag} /> {t("content.order", { count: products.length })}
      </p>
      <ul className={styles.answers}>
        {products.map((product) => (
          <li key={text(product.product_retailer_id)} className="figures">
            {text(product.quantity)} × {text(product.product_retailer_id)} · {text(product.item_price)}{" "}
            {text(product.currency)}
          </li>
        ))}
      </ul>
      {text(order.text) && <Words text={text(order.text)} />}
    </div>
  );
}

function Referral(props: { referral: Loose }) {
  const { referral } = props;
  const t = useT();
  return (
    <p className={styles.referral}>
      <Icon of={IconAd2} size={16} />
      <span>
        {t("content.ad")}
        {text(referral.headline) && `: ${text(referral.headline)}`}
      </span>
    </p>
  );
}

function SentTemplate(props: { message: Message; part: Loose; templates: readonly Template[] }) {
  const { message, part, templates } = props;
  const t = useT();
  const name = text(part.name);
  const language = text(record(part.language).code);
  const template =
    templates.find((one) => one.name === name && one.language === language) ??
    templates.find((one) => one.name === name);
  const form = template ? renderSent(template, part) : null;
  return (
    <div className={styles.structured}>
      <span className={styles.small}>
        {t("content.template")} · {name}
      </span>
      {form?.headerText && (
        <p className={styles.header} dir="auto">
          {form.headerText}
        </p>
      )}
      <Words text={form?.body || message.text || name} />
      {form?.footer && (
        <p className={styles.small} dir="auto">
          {form.footer}
        </p>
      )}
      {form && <Buttons buttons={form.buttons.map((button) => ({ title: button.text, url: button.url }))} />}
    </div>
  );
}
