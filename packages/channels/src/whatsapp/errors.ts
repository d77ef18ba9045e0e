import { dayMs, minuteMs, secondMs } from "@loket/kit";
import type { Failure, FailureReason, RetryScope } from "./outcome.ts";
import { objectOf, textOf } from "./read.ts";

/**
 * The platform's error codes as data ("Cloud API, Error codes"; "Groups, Error codes"; "Calling, Troubleshooting").
 * Branch on the code, never on the title: titles change, and some messages come in the language of the token's owner.
 * What an agent can meet while sending is explained in all three languages; what only an operator meets, in English.
 */
export interface ErrorEntry {
  readonly code: string;
  readonly title: string;
  readonly reason: FailureReason;
  readonly meaning: { readonly en: string; readonly nl?: string; readonly de?: string };
  /** May the same be sent again: `never`, with `backoff`, `after` the stated time, or only after a `fix`. */
  readonly retry: "never" | "backoff" | "after" | "fix";
  readonly waitMs?: number;
  /** What is affected: this message, this template, this person, the sender or the whole account. */
  readonly scope: RetryScope | "message" | "template";
  /** For whoever runs the account. */
  readonly advice: string;
}

export type Language = "en" | "nl" | "de";

/** What is known about a code; `null` where nothing is. */
export function errorEntry(code: string | number): ErrorEntry | null {
  const key = String(code);
  const exact = entries.get(key);
  if (exact) return exact;
  // A whole range of the platform's codes says the same: a permission of the application is missing.
  return /^2\d\d$/.test(key) ? { ...permissionMissing, code: key } : null;
}

/** Every code we know, in the order of the table. */
export function errorEntries(): readonly ErrorEntry[] {
  return [...entries.values()];
}

/** What a code means, for a person. A code nobody knows yields a sentence that says so. */
export function explainError(code: string | number, language: Language): string {
  const meaning = errorEntry(code)?.meaning;
  return meaning?.[language] ?? meaning?.en ?? unexplained[language](String(code));
}

const unexplained: Record<Language, (code: string) => string> = {
  en: (code) => `The platform refused this with code ${code}, which we do not know.`,
  nl: (code) => `Het platform weigerde dit met code ${code}, die wij niet kennen.`,
  de: (code) => `Die Plattform hat dies mit dem Code ${code} abgelehnt, den wir nicht kennen.`,
};

/** An error object of the platform, from an answer or a webhook, as a failure. */
export function readFailure(raw: unknown): Failure {
  const error = objectOf(raw) ?? {};
  const code = textOf(error.code) ?? textOf(error.error_code) ?? "unknown";
  const entry = errorEntry(code);
  const data = objectOf(error.error_data);
  // Some edges answer with a bare string instead of `{ details }`, management edges with `error_user_msg`.
  const detail = textOf(data?.details) ?? textOf(error.error_data) ?? textOf(error.error_user_msg);
  const traceId = textOf(error.fbtrace_id);
  return {
    reason: entry?.reason ?? "other",
    code,
    title: textOf(error.title) ?? textOf(error.message) ?? entry?.title ?? `Error ${code}`,
    ...(detail === undefined ? {} : { detail }),
    ...(traceId === undefined ? {} : { traceId }),
  };
}

const permissionMissing: ErrorEntry = {
  code: "200",
  title: "API permission missing",
  reason: "unauthorised",
  meaning: {
    en: "The application lacks a permission for this.",
    nl: "De koppeling met WhatsApp mist een recht dat hiervoor nodig is.",
    de: "Der Verbindung mit WhatsApp fehlt eine Berechtigung dafür.",
  },
  retry: "never",
  scope: "account",
  advice: "Check the token's permissions and that the system user is assigned to this business account.",
};

const entries: ReadonlyMap<string, ErrorEntry> = new Map(
  (
    [
      // Authorisation and integrity
      {
        code: "0",
        title: "Cannot authenticate",
        reason: "unauthorised",
        meaning: {
          en: "WhatsApp did not accept our access token.",
          nl: "WhatsApp accepteerde onze toegangssleutel niet.",
          de: "WhatsApp hat unseren Zugangsschlüssel nicht akzeptiert.",
        },
        retry: "never",
        scope: "account",
        advice: "Renew the access token of this sender.",
      },
      {
        code: "3",
        title: "Capability or permission missing",
        reason: "unauthorised",
        meaning: { en: "The application may not use this part of the platform." },
        retry: "never",
        scope: "account",
        advice: "Check which permissions the application was granted in the app dashboard.",
      },
      {
        code: "10",
        title: "Permission denied",
        reason: "unauthorised",
        meaning: {
          en: "The access token has no permission for this sender.",
          nl: "De toegangssleutel geeft geen recht op deze afzender.",
          de: "Der Zugangsschlüssel berechtigt nicht zu diesem Absender.",
        },
        retry: "never",
        scope: "account",
        advice: "Check the token's permissions and that its system user is assigned to this business account.",
      },
      {
        code: "33",
        title: "The number no longer exists",
        reason: "senderNotReady",
        meaning: {
          en: "The sending number was deleted or is not visible to us.",
          nl: "Het afzendernummer is verwijderd of voor ons niet zichtbaar.",
          de: "Die Absendernummer wurde gelöscht oder ist für uns nicht sichtbar.",
        },
        retry: "never",
        scope: "sender",
        advice: "List the account's numbers again and connect the right one.",
      },
      {
        code: "102",
        title: "Session missing",
        reason: "unauthorised",
        meaning: { en: "The request carried no valid session." },
        retry: "never",
        scope: "account",
        advice: "Give this sender an access token.",
      },
      {
        code: "104",
        title: "Access token missing",
        reason: "unauthorised",
        meaning: { en: "The request carried no access token." },
        retry: "never",
        scope: "account",
        advice: "Give this sender an access token.",
      },
      {
        code: "190",
        title: "Access token expired or invalid",
        reason: "unauthorised",
        meaning: {
          en: "The access token of this sender has expired or was withdrawn. Nothing can be sent until it is renewed.",
          nl: "De toegangssleutel van deze afzender is verlopen of ingetrokken. Tot hij vernieuwd is, kan er niets worden verstuurd.",
          de: "Der Zugangsschlüssel dieses Absenders ist abgelaufen oder wurde entzogen. Bis er erneuert ist, kann nichts gesendet werden.",
        },
        retry: "never",
        scope: "account",
        advice: "Stop the queue and give this sender a new token, best one of a system user that does not expire.",
      },
      permissionMissing,
      {
        code: "2200",
        title: "Webhook verification failed",
        reason: "invalid",
        meaning: { en: "The platform called our webhook address and did not get its challenge back." },
        retry: "fix",
        scope: "account",
        advice: "Check that the address is reachable over https and that both sides hold the same verify token.",
      },
      {
        code: "368",
        title: "Temporarily blocked for policy violations",
        reason: "accountRestricted",
        meaning: {
          en: "WhatsApp has blocked this account for a while because of its policy. Nothing can be sent.",
          nl: "WhatsApp heeft dit account tijdelijk geblokkeerd vanwege zijn beleid. Er kan niets worden verstuurd.",
          de: "WhatsApp hat dieses Konto wegen seiner Richtlinien vorübergehend gesperrt. Es kann nichts gesendet werden.",
        },
        retry: "never",
        scope: "account",
        advice: "Stop everything. Read the violation in the business support page and appeal there if it is mistaken.",
      },
      {
        code: "130497",
        title: "Country not allowed",
        reason: "recipientNotAllowed",
        meaning: {
          en: "This business may not message people in the recipient's country.",
          nl: "Dit bedrijf mag mensen in het land van de ontvanger geen berichten sturen.",
          de: "Dieses Unternehmen darf Personen im Land des Empfängers keine Nachrichten senden.",
        },
        retry: "never",
        scope: "recipient",
        advice: "Leave recipients in this country out.",
      },
      {
        code: "131005",
        title: "Access denied",
        reason: "unauthorised",
        meaning: { en: "The access token has no permission for this." },
        retry: "never",
        scope: "account",
        advice: "Check the token's permissions.",
      },
      {
        code: "131031",
        title: "Account locked",
        reason: "accountRestricted",
        meaning: {
          en: "WhatsApp has locked this account. Nothing can be sent until the lock is lifted.",
          nl: "WhatsApp heeft dit account vergrendeld. Tot dat is opgeheven, kan er niets worden verstuurd.",
          de: "WhatsApp hat dieses Konto gesperrt. Bis die Sperre aufgehoben ist, kann nichts gesendet werden.",
        },
        retry: "never",
        scope: "account",
        advice: "Read the account's health status, then appeal in the business support page.",
      },

      // Throttling
      {
        code: "4",
        title: "Too many calls by the application",
        reason: "throttled",
        meaning: {
          en: "We called WhatsApp too often; it goes on by itself in a moment.",
          nl: "We hebben WhatsApp te vaak aangeroepen; het gaat zo vanzelf verder.",
          de: "Wir haben WhatsApp zu oft aufgerufen; es geht gleich von selbst weiter.",
        },
        retry: "backoff",
        waitMs: minuteMs,
        scope: "account",
        advice: "Watch the usage header and spread management calls.",
      },
      ...(["17", "32", "613"] as const).map(
        (code): ErrorEntry => ({
          code,
          title: "Too many calls",
          reason: "throttled",
          meaning: { en: "We called the platform too often; it goes on by itself in a moment." },
          retry: "backoff",
          waitMs: minuteMs,
          scope: "account",
          advice: "Slow down.",
        }),
      ),
      {
        code: "80007",
        title: "Too many calls for this business account",
        reason: "throttled",
        meaning: { en: "The hourly number of calls for this business account is used up." },
        retry: "after",
        waitMs: 5 * minuteMs,
        scope: "account",
        advice: "Wait as long as the usage header says; keep templates and numbers in a cache.",
      },
      {
        code: "130429",
        title: "Sending too fast",
        reason: "throttled",
        meaning: {
          en: "This number sends faster than WhatsApp allows; the message goes out in a moment.",
          nl: "Dit nummer verstuurt sneller dan WhatsApp toestaat; het bericht gaat zo alsnog weg.",
          de: "Diese Nummer sendet schneller, als WhatsApp erlaubt; die Nachricht geht gleich hinaus.",
        },
        retry: "backoff",
        waitMs: secondMs,
        scope: "sender",
        advice: "Keep to the number's messages per second; received messages count too.",
      },
      {
        code: "131048",
        title: "Limited for spam",
        reason: "spamLimited",
        meaning: {
          en: "Too many people blocked or reported this number; WhatsApp limits its sending.",
          nl: "Te veel mensen hebben dit nummer geblokkeerd of gemeld; WhatsApp beperkt het versturen.",
          de: "Zu viele Personen haben diese Nummer blockiert oder gemeldet; WhatsApp beschränkt das Senden.",
        },
        retry: "never",
        scope: "sender",
        advice: "Pause every campaign, look at what people objected to, and start again small.",
      },
      {
        code: "131056",
        title: "Too many messages to this person",
        reason: "pairThrottled",
        meaning: {
          en: "Too many messages to this person in a short time; the next goes out in a few seconds.",
          nl: "Te veel berichten aan deze persoon in korte tijd; het volgende gaat over enkele seconden weg.",
          de: "Zu viele Nachrichten an diese Person in kurzer Zeit; die nächste geht in wenigen Sekunden hinaus.",
        },
        retry: "after",
        waitMs: 6 * secondMs,
        scope: "pair",
        advice: "Queue per recipient: one message in six seconds, bursts borrowed from later.",
      },
      {
        code: "131057",
        title: "Number in maintenance",
        reason: "senderNotReady",
        meaning: {
          en: "WhatsApp is changing something about this number; sending resumes in a few minutes.",
          nl: "WhatsApp past iets aan dit nummer aan; over enkele minuten kan er weer worden verstuurd.",
          de: "WhatsApp ändert etwas an dieser Nummer; in wenigen Minuten kann wieder gesendet werden.",
        },
        retry: "after",
        waitMs: minuteMs,
        scope: "sender",
        advice: "Wait; raising a number's throughput takes about a minute.",
      },
      {
        code: "131064",
        title: "Limited for misused template categories",
        reason: "spamLimited",
        meaning: {
          en: "Templates were sent under a category that is not theirs; WhatsApp limits sending for a while.",
          nl: "Er zijn sjablonen onder een verkeerde categorie verstuurd; WhatsApp beperkt het versturen een tijd.",
          de: "Vorlagen wurden in einer falschen Kategorie gesendet; WhatsApp beschränkt das Senden eine Zeit lang.",
        },
        retry: "after",
        waitMs: dayMs,
        scope: "account",
        advice: "Move the templates to their right category. The limit lifts by itself.",
      },
      {
        code: "133016",
        title: "Registered too often",
        reason: "throttled",
        meaning: { en: "The number was registered or deregistered too often within three days." },
        retry: "after",
        waitMs: 3 * dayMs,
        scope: "sender",
        advice: "Wait up to 72 hours.",
      },

      // Sending
      {
        code: "1",
        title: "Unknown trouble at the platform",
        reason: "platformTrouble",
        meaning: {
          en: "WhatsApp could not handle this and does not say why.",
          nl: "WhatsApp kon dit niet verwerken en zegt niet waarom.",
          de: "WhatsApp konnte dies nicht verarbeiten und sagt nicht, warum.",
        },
        retry: "backoff",
        waitMs: 10 * secondMs,
        scope: "message",
        advice: "Check the platform's status page and the shape of the request.",
      },
      {
        code: "2",
        title: "Platform temporarily down",
        reason: "platformTrouble",
        meaning: {
          en: "WhatsApp is out of order at the moment.",
          nl: "WhatsApp is op dit moment gestoord.",
          de: "WhatsApp ist im Moment gestört.",
        },
        retry: "backoff",
        waitMs: 30 * secondMs,
        scope: "account",
        advice: "Wait; check the platform's status page.",
      },
      {
        code: "100",
        title: "Invalid parameter",
        reason: "invalid",
        meaning: {
          en: "Something in this message is not in the form WhatsApp accepts.",
          nl: "Iets in dit bericht heeft niet de vorm die WhatsApp accepteert.",
          de: "Etwas an dieser Nachricht hat nicht die Form, die WhatsApp akzeptiert.",
        },
        retry: "fix",
        scope: "message",
        advice: "Read the detail. With subcode 33 the object does not exist or is not visible to the token.",
      },
      {
        code: "2500",
        title: "Unknown path",
        reason: "invalid",
        meaning: { en: "The platform knows no such address." },
        retry: "fix",
        scope: "account",
        advice: "Check the base address and the version configured for this sender.",
      },
      {
        code: "130472",
        title: "Person is in an experiment",
        reason: "experiment",
        meaning: {
          en: "WhatsApp withholds marketing from this person as part of an experiment of its own.",
          nl: "WhatsApp houdt marketing bij deze persoon tegen vanwege een eigen experiment.",
          de: "WhatsApp hält Werbung an diese Person wegen eines eigenen Experiments zurück.",
        },
        retry: "never",
        scope: "recipient",
        advice: "Record it and go on. Sending again does not help.",
      },
      {
        code: "131000",
        title: "Something went wrong at the platform",
        reason: "platformTrouble",
        meaning: {
          en: "WhatsApp could not handle this and does not say why.",
          nl: "WhatsApp kon dit niet verwerken en zegt niet waarom.",
          de: "WhatsApp konnte dies nicht verarbeiten und sagt nicht, warum.",
        },
        retry: "backoff",
        waitMs: 10 * secondMs,
        scope: "message",
        advice: "At most three attempts, then a support ticket with the trace id.",
      },
      {
        code: "131002",
        title: "Invalid recipient type",
        reason: "invalid",
        meaning: { en: "The kind of recipient does not fit the request." },
        retry: "fix",
        scope: "message",
        advice: "Check whether the recipient is a person or a group.",
      },
      {
        code: "131008",
        title: "Required parameter missing",
        reason: "invalid",
        meaning: {
          en: "Something WhatsApp requires is missing from this message.",
          nl: "Er ontbreekt iets in dit bericht dat WhatsApp verlangt.",
          de: "In dieser Nachricht fehlt etwas, das WhatsApp verlangt.",
        },
        retry: "fix",
        scope: "message",
        advice: "The detail names what is missing.",
      },
      {
        code: "131009",
        title: "Parameter value not valid",
        reason: "invalid",
        meaning: {
          en: "A value in this message is too long or not one WhatsApp accepts.",
          nl: "Een waarde in dit bericht is te lang of wordt door WhatsApp niet geaccepteerd.",
          de: "Ein Wert in dieser Nachricht ist zu lang oder wird von WhatsApp nicht akzeptiert.",
        },
        retry: "fix",
        scope: "message",
        advice: "The detail names the value; lengths, media ids and reaction targets are the usual causes.",
      },
      {
        code: "131016",
        title: "Service unavailable",
        reason: "platformTrouble",
        meaning: {
          en: "A part of WhatsApp is out of order at the moment.",
          nl: "Een deel van WhatsApp is op dit moment gestoord.",
          de: "Ein Teil von WhatsApp ist im Moment gestört.",
        },
        retry: "backoff",
        waitMs: 30 * secondMs,
        scope: "account",
        advice: "Wait; check the platform's status page.",
      },
      {
        code: "131021",
        title: "Recipient is the sender",
        reason: "recipientNotAllowed",
        meaning: {
          en: "A number cannot write to itself.",
          nl: "Een nummer kan niet aan zichzelf schrijven.",
          de: "Eine Nummer kann nicht an sich selbst schreiben.",
        },
        retry: "never",
        scope: "recipient",
        advice: "Take the sender's own number off the list.",
      },
      {
        code: "131026",
        title: "Message undeliverable",
        reason: "undeliverable",
        meaning: {
          en: "This person cannot be reached on WhatsApp: not on it, an old version, or they blocked us. WhatsApp does not say which.",
          nl: "Deze persoon is op WhatsApp niet bereikbaar: niet aangesloten, een oude versie, of wij zijn geblokkeerd. WhatsApp zegt niet wat het is.",
          de: "Diese Person ist auf WhatsApp nicht erreichbar: nicht angemeldet, eine alte Version, oder sie hat uns blockiert. WhatsApp sagt nicht, was zutrifft.",
        },
        retry: "never",
        scope: "recipient",
        advice: "Count these per person, try another channel, and leave the number out after a few.",
      },
      {
        code: "131030",
        title: "Recipient not on the test list",
        reason: "recipientNotAllowed",
        meaning: {
          en: "This is a test number: it may write only to the numbers on its list.",
          nl: "Dit is een testnummer: het mag alleen schrijven aan de nummers op zijn lijst.",
          de: "Dies ist eine Testnummer: Sie darf nur an die Nummern auf ihrer Liste schreiben.",
        },
        retry: "fix",
        scope: "recipient",
        advice: "Add the recipient to the test number's list, or use a real number.",
      },
      {
        code: "131037",
        title: "Display name not approved",
        reason: "senderNotReady",
        meaning: {
          en: "This number's display name must be approved before it may send.",
          nl: "De weergavenaam van dit nummer moet zijn goedgekeurd voordat het mag versturen.",
          de: "Der Anzeigename dieser Nummer muss genehmigt sein, bevor sie senden darf.",
        },
        retry: "fix",
        scope: "sender",
        advice: "Request approval of the display name.",
      },
      {
        code: "131042",
        title: "Payment problem",
        reason: "paymentProblem",
        meaning: {
          en: "WhatsApp does not send because of a problem with this account's payment method.",
          nl: "WhatsApp verstuurt niet vanwege een probleem met de betaalmethode van dit account.",
          de: "WhatsApp sendet nicht wegen eines Problems mit der Zahlungsmethode dieses Kontos.",
        },
        retry: "fix",
        scope: "account",
        advice: "Pause the queue and repair billing; then send again.",
      },
      {
        code: "131044",
        title: "Payment problem for calling",
        reason: "paymentProblem",
        meaning: { en: "Calls need a working payment method." },
        retry: "fix",
        scope: "account",
        advice: "Repair billing.",
      },
      {
        code: "131045",
        title: "Number not registered correctly",
        reason: "senderNotReady",
        meaning: {
          en: "The registration of this number is broken.",
          nl: "De registratie van dit nummer is niet in orde.",
          de: "Die Registrierung dieser Nummer ist fehlerhaft.",
        },
        retry: "fix",
        scope: "sender",
        advice: "Register the number again.",
      },
      {
        code: "131047",
        title: "More than 24 hours since the last message",
        reason: "windowClosed",
        meaning: {
          en: "The person last wrote more than 24 hours ago: only a template may be sent now.",
          nl: "De persoon schreef meer dan 24 uur geleden voor het laatst: nu mag alleen een sjabloon worden verstuurd.",
          de: "Die Person hat zuletzt vor mehr als 24 Stunden geschrieben: Jetzt darf nur eine Vorlage gesendet werden.",
        },
        retry: "fix",
        scope: "message",
        advice: "Send an approved template, or wait until the person writes.",
      },
      {
        code: "131049",
        title: "Held back to keep engagement healthy",
        reason: "engagementCapped",
        meaning: {
          en: "WhatsApp limits how much marketing this person gets and did not deliver this.",
          nl: "WhatsApp beperkt hoeveel marketing deze persoon krijgt en heeft dit niet bezorgd.",
          de: "WhatsApp begrenzt, wie viel Werbung diese Person erhält, und hat dies nicht zugestellt.",
        },
        retry: "after",
        waitMs: dayMs,
        scope: "recipient",
        advice:
          "Never loop: not before a day has passed, at most once, and only if it is still wanted. Send less marketing.",
      },
      {
        code: "131050",
        title: "Person stopped marketing",
        reason: "marketingStopped",
        meaning: {
          en: "This person has told WhatsApp to stop marketing messages from this business.",
          nl: "Deze persoon heeft bij WhatsApp marketingberichten van dit bedrijf stopgezet.",
          de: "Diese Person hat bei WhatsApp Werbenachrichten dieses Unternehmens abbestellt.",
        },
        retry: "never",
        scope: "recipient",
        advice: "Suppress marketing to this person until they resume it.",
      },
      {
        code: "131051",
        title: "Message type not supported",
        reason: "invalid",
        meaning: {
          en: "WhatsApp does not support this kind of message here.",
          nl: "WhatsApp ondersteunt dit soort bericht hier niet.",
          de: "WhatsApp unterstützt diese Art von Nachricht hier nicht.",
        },
        retry: "fix",
        scope: "message",
        advice: "Send another kind of message. Inbound: the person sent something the platform does not pass on.",
      },
      {
        code: "131052",
        title: "Received media could not be fetched",
        reason: "mediaFailed",
        meaning: {
          en: "WhatsApp could not hand over the file this person sent.",
          nl: "WhatsApp kon het bestand van deze persoon niet doorgeven.",
          de: "WhatsApp konnte die Datei dieser Person nicht weitergeben.",
        },
        retry: "never",
        scope: "message",
        advice: "Ask the person to send it again.",
      },
      {
        code: "131053",
        title: "Media could not be used",
        reason: "mediaFailed",
        meaning: {
          en: "WhatsApp could not fetch the file, or does not accept its type or size.",
          nl: "WhatsApp kon het bestand niet ophalen, of accepteert het type of de grootte niet.",
          de: "WhatsApp konnte die Datei nicht abrufen oder akzeptiert Typ oder Größe nicht.",
        },
        retry: "fix",
        scope: "message",
        advice: "Check type and size; upload the file instead of linking to it.",
      },
      {
        code: "131055",
        title: "Method not allowed",
        reason: "invalid",
        meaning: { en: "This road takes only marketing templates, or this number's calls run over SIP." },
        retry: "fix",
        scope: "message",
        advice: "Send it as an ordinary message.",
      },
      {
        code: "131059",
        title: "Page marker expired",
        reason: "invalid",
        meaning: { en: "The place in the list is no longer valid." },
        retry: "fix",
        scope: "message",
        advice: "Start again from the first page.",
      },
      {
        code: "131060",
        title: "Message not available here",
        reason: "other",
        meaning: { en: "The message involves a device that cannot share it with the interface; it is on the phone." },
        retry: "never",
        scope: "message",
        advice: "Look at it in the business app.",
      },
      {
        code: "131062",
        title: "Needs a phone number",
        reason: "recipientNotAllowed",
        meaning: {
          en: "This kind of message needs the person's phone number, and we only know their user id.",
          nl: "Voor dit soort bericht is het telefoonnummer nodig, en wij kennen alleen de gebruikers-id.",
          de: "Für diese Art von Nachricht ist die Telefonnummer nötig; wir kennen nur die Nutzer-ID.",
        },
        retry: "fix",
        scope: "recipient",
        advice: "Ask the person for their number. One-time codes cannot go to a user id.",
      },
      {
        code: "131063",
        title: "Marketing switched off on this road",
        reason: "invalid",
        meaning: { en: "This account sends marketing only over the interface made for marketing." },
        retry: "fix",
        scope: "account",
        advice: "Allow marketing over the Cloud API in the account's settings.",
      },
      {
        code: "135000",
        title: "Request not understood",
        reason: "invalid",
        meaning: {
          en: "WhatsApp did not understand this message.",
          nl: "WhatsApp begreep dit bericht niet.",
          de: "WhatsApp hat diese Nachricht nicht verstanden.",
        },
        retry: "fix",
        scope: "message",
        advice: "The shape of the request is usually wrong.",
      },
      {
        code: "137000",
        title: "Identity changed",
        reason: "identityMismatch",
        meaning: {
          en: "This person's WhatsApp identity has changed since it was last confirmed; nothing was sent.",
          nl: "De WhatsApp-identiteit van deze persoon is veranderd sinds de laatste bevestiging; er is niets verstuurd.",
          de: "Die WhatsApp-Identität dieser Person hat sich seit der letzten Bestätigung geändert; es wurde nichts gesendet.",
        },
        retry: "fix",
        scope: "recipient",
        advice: "Confirm who the person is, then acknowledge the new identity.",
      },
      {
        code: "1026",
        title: "Receiver incapable",
        reason: "undeliverable",
        meaning: { en: "The person's app cannot show this kind of message." },
        retry: "never",
        scope: "recipient",
        advice: "Send it in a simpler form.",
      },
      {
        code: "1752041",
        title: "Already invited",
        reason: "invalid",
        meaning: { en: "This business was already invited to, or uses, the marketing interface." },
        retry: "never",
        scope: "account",
        advice: "Nothing to do.",
      },

      // Templates
      {
        code: "132000",
        title: "Wrong number of template values",
        reason: "templateParameters",
        meaning: {
          en: "The number of values does not match the template's variables.",
          nl: "Het aantal waarden komt niet overeen met de variabelen van het sjabloon.",
          de: "Die Zahl der Werte stimmt nicht mit den Variablen der Vorlage überein.",
        },
        retry: "fix",
        scope: "template",
        advice: "Fetch the template again and fill every variable once.",
      },
      {
        code: "132001",
        title: "Template not found",
        reason: "templateMissing",
        meaning: {
          en: "There is no approved template of this name in this language.",
          nl: "Er is geen goedgekeurd sjabloon met deze naam in deze taal.",
          de: "Es gibt keine genehmigte Vorlage dieses Namens in dieser Sprache.",
        },
        retry: "fix",
        scope: "template",
        advice: "Check status and exact language code: a template in en is not found as en_US.",
      },
      {
        code: "132005",
        title: "Template text too long",
        reason: "templateParameters",
        meaning: {
          en: "With its values filled in the text becomes too long.",
          nl: "Met de waarden ingevuld wordt de tekst te lang.",
          de: "Mit den eingesetzten Werten wird der Text zu lang.",
        },
        retry: "fix",
        scope: "template",
        advice: "Shorten the values.",
      },
      {
        code: "132007",
        title: "Characters not allowed",
        reason: "templateParameters",
        meaning: {
          en: "A value holds characters a template may not have, such as a line break or a tab.",
          nl: "Een waarde bevat tekens die in een sjabloon niet mogen, zoals een regeleinde of tab.",
          de: "Ein Wert enthält in Vorlagen unzulässige Zeichen, etwa einen Zeilenumbruch oder Tabulator.",
        },
        retry: "fix",
        scope: "template",
        advice: "Strip line breaks, tabs and runs of spaces from values.",
      },
      {
        code: "132008",
        title: "Template value not valid",
        reason: "templateParameters",
        meaning: {
          en: "A value does not fit its place in the template.",
          nl: "Een waarde past niet op haar plaats in het sjabloon.",
          de: "Ein Wert passt nicht an seine Stelle in der Vorlage.",
        },
        retry: "fix",
        scope: "template",
        advice: "Read the detail.",
      },
      {
        code: "132012",
        title: "Template value of the wrong kind",
        reason: "templateParameters",
        meaning: {
          en: "A value is of another kind than the template asks for, for example text instead of a picture.",
          nl: "Een waarde is van een ander soort dan het sjabloon vraagt, bijvoorbeeld tekst in plaats van een afbeelding.",
          de: "Ein Wert ist von anderer Art, als die Vorlage verlangt, etwa Text statt eines Bildes.",
        },
        retry: "fix",
        scope: "template",
        advice: "A template with a media header needs that media at every send.",
      },
      {
        code: "132015",
        title: "Template paused",
        reason: "templatePaused",
        meaning: {
          en: "WhatsApp has paused this template because people reacted badly to it.",
          nl: "WhatsApp heeft dit sjabloon gepauzeerd omdat mensen er slecht op reageerden.",
          de: "WhatsApp hat diese Vorlage pausiert, weil Personen schlecht darauf reagiert haben.",
        },
        retry: "after",
        waitMs: 3 * 60 * minuteMs,
        scope: "template",
        advice: "Pause the campaign. The first pause lasts 3 hours, the second 6, the third disables the template.",
      },
      {
        code: "132016",
        title: "Template disabled",
        reason: "templateDisabled",
        meaning: {
          en: "WhatsApp has disabled this template for good.",
          nl: "WhatsApp heeft dit sjabloon voorgoed uitgeschakeld.",
          de: "WhatsApp hat diese Vorlage endgültig deaktiviert.",
        },
        retry: "never",
        scope: "template",
        advice: "Write another template, with what people objected to left out.",
      },
      {
        code: "132018",
        title: "Invalid template values",
        reason: "templateParameters",
        meaning: {
          en: "The values for this template are not valid.",
          nl: "De waarden voor dit sjabloon zijn niet geldig.",
          de: "Die Werte für diese Vorlage sind nicht gültig.",
        },
        retry: "fix",
        scope: "template",
        advice: "Read the detail: names, line breaks, tabs, runs of spaces.",
      },
      {
        code: "132021",
        title: "Template name already in use",
        reason: "templateParameters",
        meaning: { en: "Another template bears this name." },
        retry: "fix",
        scope: "template",
        advice: "Choose another name.",
      },
      {
        code: "132068",
        title: "Form blocked",
        reason: "templateDisabled",
        meaning: { en: "The form (flow) in this message is blocked." },
        retry: "fix",
        scope: "template",
        advice: "Repair the form and publish it again.",
      },
      {
        code: "132069",
        title: "Form throttled",
        reason: "throttled",
        meaning: { en: "The form (flow) in this message is limited to ten messages an hour." },
        retry: "after",
        waitMs: 60 * minuteMs,
        scope: "template",
        advice: "Repair the form's endpoint; the limit lifts by itself.",
      },
      {
        code: "134011",
        title: "Payments terms not accepted",
        reason: "invalid",
        meaning: { en: "The terms for payments in WhatsApp are not accepted." },
        retry: "fix",
        scope: "account",
        advice: "Accept the terms in the business manager.",
      },
      {
        code: "134100",
        title: "Only marketing on this road",
        reason: "invalid",
        meaning: { en: "This interface takes only marketing messages." },
        retry: "fix",
        scope: "message",
        advice: "Send it as an ordinary message.",
      },
      {
        code: "134101",
        title: "Template still being copied",
        reason: "templatePaused",
        meaning: { en: "The template is not yet known to the marketing interface." },
        retry: "after",
        waitMs: 10 * minuteMs,
        scope: "template",
        advice: "Wait ten minutes.",
      },
      {
        code: "134102",
        title: "Template not available for use",
        reason: "templateMissing",
        meaning: { en: "The marketing interface cannot use this template." },
        retry: "backoff",
        waitMs: 10 * minuteMs,
        scope: "template",
        advice: "Check that the account is onboarded to the marketing interface.",
      },
      {
        code: "134103",
        title: "Refused by the marketing interface",
        reason: "other",
        meaning: { en: "The marketing interface refused this; what the code means is not documented." },
        retry: "fix",
        scope: "message",
        advice: "Read the detail.",
      },
      {
        code: "139200",
        title: "Sending without a template blocked",
        reason: "accountRestricted",
        meaning: { en: "This account may not send utility content without a template any more." },
        retry: "never",
        scope: "account",
        advice: "Use templates.",
      },
      ...(
        [
          [
            "2388019",
            "Template limit reached",
            "The account holds as many templates as it may.",
            "Delete unused ones.",
          ],
          [
            "2388023",
            "Name still being deleted",
            "A template of this name and language is being deleted.",
            "Wait up to 30 days or use another name.",
          ],
          [
            "2388024",
            "Name already exists",
            "A template of this name and language exists.",
            "Edit it or use another name.",
          ],
          ["2388040", "A field is too long", "A part of the template is too long.", "Shorten it."],
          [
            "2388047",
            "Header not valid",
            "The header is not in the accepted form.",
            "No line breaks, formatting or emoji in a header.",
          ],
          ["2388072", "Body not valid", "The body is not in the accepted form.", "Check variables and formatting."],
          ["2388073", "Footer not valid", "The footer is not in the accepted form.", "No variables in a footer."],
          [
            "2388293",
            "Too many variables",
            "There are too many variables for so little text.",
            "Write more text or use fewer variables.",
          ],
          [
            "2388299",
            "Variable at the edge",
            "A variable stands at the start or end of the text.",
            "Put words around it.",
          ],
          [
            "2388318",
            "Cannot be edited",
            "The platform made this template itself; it cannot be edited.",
            "Write a template of your own.",
          ],
          [
            "2388330",
            "Cannot be deleted",
            "The platform made this template itself; it cannot be deleted.",
            "Leave it.",
          ],
        ] as const
      ).map(
        ([code, title, en, advice]): ErrorEntry => ({
          code,
          title,
          reason: "templateParameters",
          meaning: { en },
          retry: "fix",
          scope: "template",
          advice,
        }),
      ),

      // Registration, migration, insights, sync
      ...(
        [
          [
            "133000",
            "Deregistration incomplete",
            "An earlier deregistration did not finish.",
            "fix",
            "Deregister again, then register.",
          ],
          [
            "133004",
            "Server temporarily unavailable",
            "The registration server is out of order.",
            "backoff",
            "Wait and try again.",
          ],
          [
            "133005",
            "Wrong PIN",
            "The two-step PIN is another one.",
            "fix",
            "Use the right PIN, or reset it in the business manager.",
          ],
          [
            "133006",
            "Number must be verified",
            "The number is not verified.",
            "fix",
            "Request a code and verify the number.",
          ],
          [
            "133008",
            "Too many wrong PINs",
            "The PIN was guessed too often.",
            "after",
            "Wait as long as the detail says.",
          ],
          [
            "133009",
            "PIN entered too fast",
            "The PIN was entered too fast.",
            "after",
            "Wait as long as the detail says.",
          ],
          [
            "133010",
            "Number not registered",
            "The number is not registered with the Cloud API.",
            "fix",
            "Register the number.",
          ],
          [
            "133015",
            "Number just deleted",
            "The number was deleted a moment ago.",
            "after",
            "Wait five minutes, then register.",
          ],
          [
            "2494100",
            "Number in maintenance",
            "The platform is changing something about the number.",
            "after",
            "Wait a few minutes.",
          ],
          [
            "2388001",
            "Number cannot be migrated",
            "Ownership or two-step verification stands in the way.",
            "fix",
            "Switch two-step verification off at the present provider.",
          ],
          [
            "2388012",
            "Number already present",
            "The number is already in this account.",
            "fix",
            "Use the number that is there.",
          ],
          [
            "2388091",
            "Number not being migrated",
            "No migration of this number is under way.",
            "fix",
            "Begin the migration first.",
          ],
          [
            "2388093",
            "Number cannot be migrated",
            "The number is not in a state to be migrated.",
            "fix",
            "Read the detail.",
          ],
          [
            "2388103",
            "Number cannot be migrated",
            "The number is not eligible for migration.",
            "fix",
            "Read the detail.",
          ],
          [
            "2593079",
            "Solution migration conflict",
            "Another migration of this account is under way.",
            "never",
            "Wait for it or cancel it.",
          ],
          [
            "2593085",
            "Solution migration conflict",
            "Another migration of this account is under way.",
            "never",
            "Wait for it or cancel it.",
          ],
          [
            "2593107",
            "Synchronised already",
            "The past and the address book can be fetched only once.",
            "never",
            "Nothing to do.",
          ],
          [
            "2593108",
            "Too late to synchronise",
            "The past can be fetched only within a day of connecting.",
            "never",
            "Connect the number again if the past is needed.",
          ],
          [
            "2593109",
            "History not shared",
            "The owner of the app declined to share the past.",
            "never",
            "Respect it; go on without the past.",
          ],
          [
            "200005",
            "Insights not available",
            "Template insights are not available for this account.",
            "fix",
            "Nothing to do in regions where they do not exist.",
          ],
          [
            "200006",
            "Insights cannot be disabled",
            "Template insights stay on once they are on.",
            "fix",
            "Nothing to do.",
          ],
          [
            "200007",
            "Insights not enabled",
            "Template insights are not switched on.",
            "fix",
            "Switch them on; this cannot be undone.",
          ],
        ] as const
      ).map(
        ([code, title, en, retry, advice]): ErrorEntry => ({
          code,
          title,
          reason:
            code === "133004"
              ? "platformTrouble"
              : code.startsWith("133") || code === "2494100"
                ? "senderNotReady"
                : "other",
          meaning: { en },
          retry,
          ...(retry === "after" || retry === "backoff" ? { waitMs: 5 * minuteMs } : {}),
          scope: code.startsWith("133") || code === "2494100" ? "sender" : "account",
          advice,
        }),
      ),

      // Blocks, flows, calling, groups, usernames
      ...(
        [
          ["139000", "Form refused by integrity", "The form was refused by the platform's integrity check.", "fix"],
          ["139001", "Form not updated", "The form could not be updated.", "fix"],
          ["139002", "Form not published", "The form could not be published.", "fix"],
          ["139003", "Form not deprecated", "The form could not be taken out of use.", "fix"],
          ["139004", "Form not deleted", "The form could not be deleted.", "fix"],
          ["139100", "Some people not blocked", "Some of these people could not be blocked or unblocked.", "fix"],
          ["139101", "Block list full", "The block list holds as many people as it may.", "fix"],
          ["139102", "Block list busy", "The block list is being changed by another request.", "backoff"],
          ["139103", "Block list trouble", "The platform could not change the block list.", "backoff"],
          ["138000", "Calling not enabled", "Calling is not switched on for this number.", "fix"],
          ["138001", "Person cannot be called", "This person cannot be called.", "never"],
          ["138002", "Too many calls at once", "This number has as many calls as it may at once.", "backoff"],
          ["138003", "Call exists already", "There already is a call with this person.", "never"],
          ["138004", "Call not connected", "The call could not be connected.", "backoff"],
          ["138005", "Too many call requests", "Calls were requested too often.", "backoff"],
          ["138006", "No permission to call", "This person has not permitted calls.", "fix"],
          ["138007", "Call timed out", "The call was not answered in time.", "backoff"],
          ["138009", "Permission asked too often", "Permission to call was asked of this person too often.", "after"],
          ["138012", "Daily calls used up", "This person was called as often as is allowed in a day.", "after"],
          ["138018", "Calling prerequisites missing", "Something calls need is not set up.", "fix"],
          [
            "130501",
            "Group message not supported",
            "The group message is of a kind the platform does not pass on.",
            "never",
          ],
          ["131020", "Group of one", "There is nobody else in this group.", "never"],
          ["131041", "Group unknown", "There is no such group.", "never"],
          ["131201", "Done in part", "Some of it was done and some was not.", "fix"],
          ["131202", "Participant twice", "A participant was named twice.", "fix"],
          ["131203", "Participant has not accepted the terms", "A participant has not accepted the terms.", "never"],
          ["131204", "Too many participants", "There are too many participants.", "fix"],
          ["131207", "Group suspended", "The platform has suspended this group.", "never"],
          ["131208", "Too many group calls", "Group calls were made too often.", "backoff"],
          ["131209", "Picture of the wrong shape", "The group's picture has the wrong proportions.", "fix"],
          ["131210", "Picture too small", "The group's picture is too small.", "fix"],
          ["131211", "Group limit reached", "This number has as many groups as it may.", "fix"],
          ["131212", "Not a participant", "This person is not in the group.", "never"],
          ["131213", "No such request to join", "There is no such request to join.", "never"],
          ["131214", "Creating groups paused", "The platform has paused creating groups for this number.", "after"],
          ["131215", "Not eligible for groups", "This number may not use groups.", "never"],
          ["147001", "Username not available", "The username is taken or not allowed.", "fix"],
          [
            "147002",
            "Messaging limit too low for a username",
            "The account's messaging limit is too low for a username.",
            "never",
          ],
          ["147003", "Page must be linked", "The username belongs to a page that must be linked first.", "fix"],
          ["147004", "Profile must be linked", "The username belongs to a profile that must be linked first.", "fix"],
          ["147005", "Username must be transferred", "The username is in use by another of your numbers.", "fix"],
        ] as const
      ).map(
        ([code, title, en, retry]): ErrorEntry => ({
          code,
          title,
          reason: retry === "backoff" ? "throttled" : "other",
          meaning: { en },
          retry,
          ...(retry === "after" ? { waitMs: dayMs } : retry === "backoff" ? { waitMs: minuteMs } : {}),
          scope: code.startsWith("147") ? "sender" : "message",
          advice: "Read the detail.",
        }),
      ),
    ] as const satisfies readonly ErrorEntry[]
  ).map((entry): [string, ErrorEntry] => [entry.code, entry]),
);
