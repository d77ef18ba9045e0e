import { dayMs, plus } from "@loket/kit";
import type { Case } from "../case.ts";
import { wordsOf } from "../fold.ts";
import { always, type Effect, type Rule } from "../rule.ts";
import { nextPermitted } from "../zone.ts";

const reviewed = "2026-11-22";
const anything = {};
const own = {
  ...always,
  confidence: "high",
  appliesTo: anything,
  clause: "own rule",
  sources: ["Own rule"],
  reviewed,
} as const;

/**
 * Rules an organisation adds for itself, by `options.own`, and what its people did by hand. They only ever add findings,
 * so they can make an answer stricter and never looser. `overridable`: two people of the organisation may agree to send
 * all the same; no rule of a channel or a law is.
 */
export const ownRules: readonly Rule[] = [
  {
    id: "own.quiet-hours",
    title: { en: "Your quiet hours", nl: "Uw stille uren", de: "Ihre Ruhezeiten" },
    explanation: {
      en: "Your organisation does not write first at this hour of the person's day, so the message waits until the quiet hours are over.",
      nl: "Uw organisatie schrijft op dit uur van de dag van de persoon niet als eerste, dus het bericht wacht tot de stille uren voorbij zijn.",
      de: "Ihre Organisation schreibt zu dieser Tageszeit der Person nicht zuerst, deshalb wartet die Nachricht bis zum Ende der Ruhezeiten.",
    },
    overridable: true,
    versions: [
      {
        ...own,
        fires: quietUntil,
        verdict: "hold",
        event: "quiet-hours-changed",
        remedies: ["wait-until", "ask-second-person"],
      },
    ],
  },
  {
    id: "own.frequency-cap",
    title: { en: "Your limit per person", nl: "Uw grens per persoon", de: "Ihre Grenze je Person" },
    explanation: {
      en: "This person already got as much advertising from you as your organisation allows itself, so the message waits until an earlier one is old enough.",
      nl: "Deze persoon kreeg al zoveel reclame van u als uw organisatie zichzelf toestaat, dus het bericht wacht tot een eerder bericht oud genoeg is.",
      de: "Diese Person hat schon so viel Werbung von Ihnen erhalten, wie Ihre Organisation sich erlaubt, deshalb wartet die Nachricht, bis eine frühere alt genug ist.",
    },
    overridable: true,
    versions: [
      {
        ...own,
        fires: cappedUntil,
        revision: 1,
        verdict: "hold",
        remedies: ["wait-until", "fewer-better-messages", "ask-second-person"],
        watches: [
          {
            path: "history.marketingSentAt",
            isUnknown: (send) =>
              send.options.own?.marketingCap !== undefined &&
              send.isMarketing &&
              send.facts.history?.marketingSentAt === undefined,
          },
        ],
      },
    ],
  },
  {
    id: "own.forbidden-words",
    title: { en: "Words you do not use", nl: "Woorden die u niet gebruikt", de: "Wörter, die Sie nicht verwenden" },
    explanation: {
      en: "The message holds a word that your organisation decided not to use, so it is not sent; say it in other words.",
      nl: "Het bericht bevat een woord dat uw organisatie niet wil gebruiken, dus het gaat niet uit; zeg het in andere woorden.",
      de: "Die Nachricht enthält ein Wort, das Ihre Organisation nicht verwenden will, deshalb geht sie nicht hinaus; sagen Sie es mit anderen Worten.",
    },
    overridable: true,
    versions: [
      {
        ...own,
        fires: ({ options, request }) => holdsForbiddenWord(request.text, options.own?.forbiddenWords),
        verdict: "refuse",
        remedies: ["reword", "ask-second-person"],
        watches: [
          {
            path: "request.text",
            isUnknown: ({ options, request }) =>
              (options.own?.forbiddenWords?.length ?? 0) > 0 &&
              request.payload === "free-form" &&
              request.text === undefined,
          },
        ],
      },
    ],
  },
  {
    id: "own.second-pair-of-eyes",
    title: { en: "A second pair of eyes", nl: "Een tweede paar ogen", de: "Vier Augen" },
    explanation: {
      en: "Your organisation wants a second person to look at a message to this many people, and nobody has yet; ask a colleague to approve it.",
      nl: "Uw organisatie wil dat een tweede persoon naar een bericht aan zoveel mensen kijkt, en dat is nog niet gebeurd; vraag een collega om akkoord.",
      de: "Ihre Organisation will, dass bei so vielen Empfängern eine zweite Person auf die Nachricht schaut, und das ist noch nicht geschehen; bitten Sie jemanden um Freigabe.",
    },
    versions: [
      {
        ...own,
        fires: ({ options, request: { audience } }) =>
          options.own?.secondPairAbove !== undefined &&
          audience !== undefined &&
          audience.recipients > options.own.secondPairAbove &&
          audience.approvals < 1,
        verdict: "hold",
        event: "approved",
        remedies: ["ask-second-person"],
      },
    ],
  },
  {
    id: "own.sender-stopped",
    title: {
      en: "Stopped by your organisation",
      nl: "Door uw organisatie gestopt",
      de: "Von Ihrer Organisation angehalten",
    },
    explanation: {
      en: "Somebody of your organisation stopped this sender, so the message waits until they let it go again.",
      nl: "Iemand van uw organisatie heeft deze afzender gestopt, dus het bericht wacht tot die weer wordt vrijgegeven.",
      de: "Jemand aus Ihrer Organisation hat diesen Absender angehalten, deshalb wartet die Nachricht, bis er wieder freigegeben wird.",
    },
    versions: [
      {
        ...own,
        fires: isStoppedHere,
        verdict: "hold",
        event: "sender-released",
        remedies: ["release-sender", "other-consented-channel"],
      },
    ],
  },
  {
    id: "own.clarification-pending",
    title: {
      en: "Perhaps they want to stop",
      nl: "Misschien wil de persoon stoppen",
      de: "Vielleicht will die Person aufhören",
    },
    explanation: {
      en: "This person wrote something that may have been an opt-out, so no advertising goes out until it is clear; ask them, or look at what they wrote.",
      nl: "Deze persoon schreef iets wat een afmelding kan zijn, dus er gaat geen reclame uit tot het duidelijk is; vraag het, of kijk wat er staat.",
      de: "Diese Person schrieb etwas, das eine Abmeldung sein kann, deshalb geht keine Werbung hinaus, bis es klar ist; fragen Sie nach, oder lesen Sie, was sie schrieb.",
    },
    versions: [
      {
        ...own,
        fires: (send) =>
          send.isMarketing && send.facts.recipient?.clarifyingSince != null && send.request.solicited !== true,
        verdict: "hold",
        event: "clarified",
        remedies: ["ask-preference", "wait-for-inbound"],
      },
    ],
  },
];

/** Only what we send on our own initiative; an answer is welcome at any hour. */
function quietUntil(send: Case): false | Effect {
  const quiet = send.options.own?.quietHours;
  if (quiet === undefined || !send.isProactive || send.request.kind === "auth") return false;
  const zones = send.facts.recipient?.timeZones ?? [quiet.timeZone];
  const next = nextPermitted(send.at, zones.length > 0 ? zones : [quiet.timeZone], (weekday) =>
    quiet.days !== undefined && !quiet.days.includes(weekday)
      ? null
      : { from: quiet.permittedFrom, to: quiet.permittedTo },
  );
  if (next === send.at) return false;
  return next === null ? {} : { until: next };
}

function cappedUntil(send: Case): false | Effect {
  const cap = send.options.own?.marketingCap;
  if (cap === undefined || !send.isMarketing || send.request.solicited === true) return false;
  const spanMs = cap.days * dayMs;
  const counted = (send.facts.history?.marketingSentAt ?? [])
    .filter((sentAt) => send.at - sentAt < spanMs)
    .sort((a, b) => b - a);
  const oldest = counted[cap.messages - 1];
  return oldest === undefined ? false : { until: plus(oldest, spanMs) };
}

/** Whole words, without regard to case or accents: "gratis" is not found in "gratisuren". */
function holdsForbiddenWord(text: string | undefined, words: readonly string[] | undefined): boolean {
  if (text === undefined || words === undefined || words.length === 0) return false;
  const said = ` ${wordsOf(text).join(" ")} `;
  return words.some((word) => {
    const plain = wordsOf(word).join(" ");
    return plain !== "" && said.includes(` ${plain} `);
  });
}

function isStoppedHere(send: Case): boolean {
  switch (send.facts.account?.stoppedHere) {
    case "all":
      return true;
    case "business-initiated":
      return send.initiated === "business" && send.request.kind !== "opt-out-confirmation";
    case "marketing":
      return send.isMarketing;
    default:
      return false;
  }
}
