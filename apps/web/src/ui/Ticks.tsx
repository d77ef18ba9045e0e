import type { Locale, Message, MessageStatus } from "@loket/contract";
import type { ReactNode } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import type { PlainKey } from "../shell/messages/catalogue.ts";
import styles from "./Ticks.module.css";
import { shortDateTime } from "./time.ts";

const words: Record<MessageStatus, PlainKey> = {
  received: "message.received",
  held: "message.held",
  queued: "message.queued",
  uncertain: "message.uncertain",
  accepted: "message.accepted",
  sent: "message.sent",
  delivered: "message.delivered",
  read: "message.read",
  played: "message.played",
  failed: "message.failed",
};

/** Clock, hollow, one, two, two blue; a question mark where nobody knows; red where it failed. Times on focus. */
export function Ticks(props: { status: MessageStatus; times?: Message["statusTimes"] }) {
  const { status, times } = props;
  const { t, locale } = useLanguage();
  const label = t(words[status]);
  const history = timesInOrder(times, locale).map(([name, when]) => `${t(words[name])} · ${when}`);

  // The note with the times is drawn by style alone: a thread of hundreds must not carry hundreds of floating parts.
  return (
    <button
      type="button"
      className={`plain ${styles.ticks} figures`}
      aria-label={[label, ...history].join(", ")}
      data-history={history.length > 0 ? history.join("\n") : label}
    >
      <TickDrawing status={status} />
    </button>
  );
}

function timesInOrder(times: Message["statusTimes"] | undefined, locale: Locale): [MessageStatus, string][] {
  return Object.entries(times ?? {})
    .filter((entry): entry is [MessageStatus, string] => entry[1] !== undefined)
    .sort((a, b) => Date.parse(a[1]) - Date.parse(b[1]))
    .map(([name, at]) => [name, shortDateTime(at, locale)]);
}

export function TickDrawing(props: { status: MessageStatus }) {
  return (
    <svg
      viewBox="0 0 18 12"
      width="18"
      height="12"
      aria-hidden="true"
      data-status={props.status}
      className={styles.drawing}
    >
      {strokes(props.status)}
    </svg>
  );
}

function strokes(status: MessageStatus): ReactNode {
  switch (status) {
    case "queued":
    case "held":
      return (
        <>
          <circle cx="9" cy="6" r="4.6" />
          <path d="M9 3.4V6l1.7 1.2" />
        </>
      );
    case "uncertain":
      return (
        <>
          <circle cx="9" cy="6" r="5.2" />
          <path d="M7.6 4.9a1.4 1.4 0 1 1 2 1.3c-.4.2-.6.4-.6.9M9 8.9v.1" />
        </>
      );
    case "failed":
      return (
        <>
          <circle cx="9" cy="6" r="5.2" />
          <path d="M9 3.4v3M9 8.5v.1" />
        </>
      );
    case "accepted":
      // Hollow: an outline of a tick. The channel took it; nothing says yet that it went on.
      return (
        <path
          d="M2.6 6.7 4.4 4.900 7.300 7.600 13.300 1.300 15.100 3 7.400 11z"
          strokeWidth="1"
          strokeLinejoin="round"
        />
      );
    case "delivered":
    case "read":
    case "played":
      return (
        <>
          <path d="M1.5 6.6 4.6 9.6 11 2.4" />
          <path d="M8.400 9.100 8.900 9.600 15.300 2.400" />
        </>
      );
    default:
      return <path d="M4 6.6 7.100 9.600 13.500 2.400" />;
  }
}
