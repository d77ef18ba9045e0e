import { always, type Rule, since, type Watch, type Words } from "../rule.ts";
import type { DayHours, Weekday } from "../zone.ts";
import { between, isSolicitation, waitForHours } from "./hours.ts";
import { messages } from "./practices.ts";

const reviewed = "2026-11-22";

/** States with shorter hours for advertising by text or call than the federal ones. */
interface StateHours {
  readonly id: string;
  readonly subdivision: string;
  /** `YYYY-MM-DD`; `null`: nobody knows since when. */
  readonly from: string | null;
  readonly confidence: "high" | "low";
  readonly name: string;
  /** When it is allowed, as in "allowed only …". */
  readonly hours: Words;
  readonly hoursOf: (weekday: Weekday) => DayHours;
  readonly sources: readonly string[];
}

const fromEightToEight: Words = { en: "from 8:00 to 20:00", nl: "van 8 tot 20 uur", de: "von 8 bis 20 Uhr" };

const states: readonly StateHours[] = [
  {
    id: "us.state.fl-quiet-hours",
    subdivision: "US-FL",
    from: "2021-07-01",
    confidence: "high",
    name: "Florida",
    hours: fromEightToEight,
    hoursOf: () => between(8, 20),
    sources: ["Florida Telephone Solicitation Act, Fla. Stat. 501.059 and 501.616"],
  },
  {
    id: "us.state.ok-quiet-hours",
    subdivision: "US-OK",
    from: "2022-11-01",
    confidence: "low",
    name: "Oklahoma",
    hours: fromEightToEight,
    hoursOf: () => between(8, 20),
    sources: ["Oklahoma Telephone Solicitation Act of 2022"],
  },
  {
    id: "us.state.tx-quiet-hours",
    subdivision: "US-TX",
    from: "2025-09-01",
    confidence: "high",
    name: "Texas",
    hours: {
      en: "from 9:00 to 21:00, on Sundays from noon",
      nl: "van 9 tot 21 uur, op zondag vanaf 12 uur",
      de: "von 9 bis 21 Uhr, sonntags ab 12 Uhr",
    },
    // Consent or an existing relation may exempt; nobody has settled how far.
    hoursOf: (weekday) => between(weekday === "sun" ? 12 : 9, 21),
    sources: ["Texas Senate Bill 140 (2025)"],
  },
  {
    id: "us.state.ct-quiet-hours",
    subdivision: "US-CT",
    from: "2023-10-01",
    confidence: "high",
    name: "Connecticut",
    hours: { en: "from 9:00 to 20:00", nl: "van 9 tot 20 uur", de: "von 9 bis 20 Uhr" },
    hoursOf: () => between(9, 20),
    sources: ["Connecticut Public Act 23-98"],
  },
  {
    id: "us.state.ri-quiet-hours",
    subdivision: "US-RI",
    from: null,
    confidence: "low",
    name: "Rhode Island",
    hours: {
      en: "from 9:00 to 18:00, at weekends from 10:00 to 17:00",
      nl: "van 9 tot 18 uur, in het weekend van 10 tot 17 uur",
      de: "von 9 bis 18 Uhr, am Wochenende von 10 bis 17 Uhr",
    },
    hoursOf: (weekday) => (weekday === "sat" || weekday === "sun" ? between(10, 17) : between(9, 18)),
    sources: ["Rhode Island General Laws 5-61"],
  },
];

/** Asked where nothing tells the state: not even the number's area code. `null` says that it cannot be told. */
const stateOfRecipient: Watch = {
  path: "recipient.subdivision",
  isUnknown: (send) => isSolicitation(send) && send.isStateUntold && send.facts.recipient?.subdivision === undefined,
};

export const americanHoursRules: readonly Rule[] = [
  ...states.map(hoursRule),
  {
    id: "us.state.va-optout-10y",
    title: {
      en: "An opt-out is kept for ten years (Virginia)",
      nl: "Een afmelding blijft tien jaar bewaard (Virginia)",
      de: "Eine Abmeldung bleibt zehn Jahre gespeichert (Virginia)",
    },
    explanation: {
      en: "In Virginia an opt-out from texts holds for at least ten years, and yours are forgotten sooner; keep them without end.",
      nl: "In Virginia geldt een afmelding voor sms minstens tien jaar, en de uwe worden eerder vergeten; bewaar ze zonder einde.",
      de: "In Virginia gilt eine Abmeldung von SMS mindestens zehn Jahre, und Ihre werden früher vergessen; behalten Sie sie ohne Ende.",
    },
    versions: [
      {
        ...since("2026-01-01"),
        confidence: "high",
        appliesTo: {
          region: ["US"],
          channel: ["sms"],
          kind: ["setup", ...messages],
        },
        fires: (send) =>
          send.mayLiveIn("US-VA") && send.facts.law?.optOutsKeptYears != null && send.facts.law.optOutsKeptYears < 10,
        verdict: "note",
        remedies: ["keep-opt-outs"],
        clause: "opt-outs from text messages",
        sources: ["Virginia Telephone Privacy Protection Act, as of 1 January 2026"],
        reviewed,
        revision: 1,
      },
    ],
  },
];

function hoursRule({ id, subdivision, from, confidence, name, hours, hoursOf, sources }: StateHours): Rule {
  return {
    id,
    title: { en: `Quiet hours in ${name}`, nl: `Stille uren in ${name}`, de: `Ruhezeiten in ${name}` },
    explanation: {
      en: `In ${name} advertising by text or call is allowed only ${hours.en} where the person is, so it waits until then.`,
      nl: `In ${name} mag reclame per sms of telefoon alleen ${hours.nl} waar de persoon is, dus die wacht tot dan.`,
      de: `In ${name} ist Werbung per SMS oder Anruf nur ${hours.de} am Ort der Person erlaubt, deshalb wartet sie bis dahin.`,
    },
    versions: [
      {
        ...(from === null ? always : since(from)),
        confidence,
        appliesTo: { region: ["US"], channel: ["sms", "rcs", "phone"] },
        fires: (send) => isSolicitation(send) && send.mayLiveIn(subdivision) && waitForHours(send, hoursOf),
        verdict: "hold",
        watches: [stateOfRecipient],
        event: "time-zone-known",
        remedies: ["wait-until"],
        clause: "hours of telephone solicitation",
        sources,
        reviewed,
      },
    ],
  };
}
