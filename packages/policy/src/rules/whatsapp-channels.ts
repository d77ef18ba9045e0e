import { dayMs } from "@loket/kit";
import { type Case, coversChannel } from "../case.ts";
import type { GoodsClass } from "../facts/trade.ts";
import type { Consent } from "../facts.ts";
import { type Rule, since } from "../rule.ts";
import { addressedMessages, does, practicesInSetup } from "./practices.ts";

const reviewed = "2026-11-22";
const began = since("2023-06-08");
const posts = { channel: ["whatsapp"], kind: ["channel-post"] } as const;
const toFollowers = { channel: ["whatsapp"], kind: [...addressedMessages, "setup", "import"] } as const;
const guidelines = "WhatsApp Channels Guidelines";
const help = "WhatsApp Help Center, about Channels";

/** WhatsApp Channels: posts for whoever follows, whose names and numbers nobody sees. */
export const whatsappChannelsRules: readonly Rule[] = [
  {
    id: "whatsapp.channels.no-api",
    title: {
      en: "A person publishes on a Channel",
      nl: "Een mens plaatst op een kanaal",
      de: "Im Kanal veröffentlicht ein Mensch",
    },
    explanation: {
      en: "WhatsApp offers no way for software to publish on a Channel, so the post is prepared and a channel admin publishes it by hand; set a reminder for them.",
      nl: "WhatsApp biedt software geen weg om op een kanaal te plaatsen, dus het bericht wordt klaargezet en een beheerder plaatst het met de hand; zet een herinnering voor diegene.",
      de: "WhatsApp bietet Software keinen Weg, in einem Kanal zu veröffentlichen, deshalb wird der Beitrag vorbereitet und ein Admin veröffentlicht ihn von Hand; richten Sie eine Erinnerung ein.",
    },
    versions: [
      {
        ...began,
        confidence: "low",
        appliesTo: posts,
        fires: ({ request }) => request.payload !== "native" || request.native?.sentBy === "software",
        verdict: "change",
        change: { kind: "publish-by-hand", auto: false },
        remedies: ["remind-admin"],
        clause: "no publishing interface",
        sources: [help],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.channels.no-dm",
    title: {
      en: "Followers are not contacts",
      nl: "Volgers zijn geen contacten",
      de: "Follower sind keine Kontakte",
    },
    explanation: {
      en: "People who follow a Channel keep their numbers hidden and may not be kept as contacts or written to; post a link by which they can sign up.",
      nl: "Wie een kanaal volgt houdt het nummer verborgen en mag niet als contact worden bewaard of aangeschreven; plaats een link waarmee volgers zich kunnen aanmelden.",
      de: "Wer einem Kanal folgt, hält seine Nummer verborgen und darf weder als Kontakt gespeichert noch angeschrieben werden; posten Sie einen Link, über den man sich anmelden kann.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: toFollowers,
        fires: writesToFollowers,
        verdict: "refuse",
        watches: [
          practicesInSetup,
          {
            path: "importedList.source",
            isUnknown: ({ request, facts }) => request.kind === "import" && facts.importedList?.source === undefined,
          },
        ],
        remedies: ["post-sign-up-link"],
        clause: "privacy of followers",
        sources: [help],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.channels.follow-is-not-consent",
    title: {
      en: "Following is not an opt-in",
      nl: "Volgen is geen aanmelding",
      de: "Folgen ist keine Anmeldung",
    },
    explanation: {
      en: "That somebody follows your Channel was recorded as an opt-in, and it is none; let people sign up on a form that names you.",
      nl: "Dat iemand uw kanaal volgt is als aanmelding vastgelegd, en dat is het niet; laat mensen zich aanmelden op een formulier dat u noemt.",
      de: "Dass jemand Ihrem Kanal folgt, wurde als Anmeldung gespeichert, und das ist keine; lassen Sie Menschen sich auf einem Formular anmelden, das Sie nennt.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: toFollowers,
        fires: countsFollowing,
        verdict: "refuse",
        watches: [
          practicesInSetup,
          {
            path: "consents",
            isUnknown: ({ request, facts }) => request.kind === "import" && facts.consents === undefined,
          },
        ],
        remedies: ["ask-consent", "post-sign-up-link"],
        clause: "opt-in before the first message",
        sources: [help, "WhatsApp Business Messaging Policy, opt-in"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.channels.no-personal-data",
    title: {
      en: "No personal data in a post",
      nl: "Geen persoonsgegevens in een bericht voor allen",
      de: "Keine personenbezogenen Daten im Beitrag",
    },
    explanation: {
      en: "A Channel is public and not end-to-end encrypted, and this post names a customer or holds personal data; take it out.",
      nl: "Een kanaal is openbaar en niet eind-tot-eind versleuteld, en dit bericht noemt een klant of bevat persoonsgegevens; haal die eruit.",
      de: "Ein Kanal ist öffentlich und nicht Ende-zu-Ende-verschlüsselt, und dieser Beitrag nennt Kunden oder enthält personenbezogene Daten; nehmen Sie sie heraus.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: posts,
        fires: ({ request: { content } }) =>
          content?.concerns?.includes("personal-data") === true ||
          content?.sensitiveIdentifiers === true ||
          content?.protectedHealthData === true,
        verdict: "refuse",
        remedies: ["anonymise"],
        clause: "channel updates are public",
        sources: [help, guidelines],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.channels.content",
    title: {
      en: "Posts keep to the Channels Guidelines",
      nl: "Berichten volgen de kanaalrichtlijnen",
      de: "Beiträge halten die Kanalrichtlinien ein",
    },
    explanation: {
      en: "The post holds something illegal, harmful, fraudulent, unfit for young readers or against the rights of others, which has no place on a Channel; edit it.",
      nl: "Het bericht bevat iets wat illegaal, schadelijk, bedrieglijk, ongeschikt voor jonge lezers of in strijd met rechten van anderen is, en dat hoort niet op een kanaal; pas het aan.",
      de: "Der Beitrag enthält etwas Illegales, Schädliches, Betrügerisches, für Jüngere Ungeeignetes oder gegen Rechte anderer, was in einem Kanal keinen Platz hat; ändern Sie ihn.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: posts,
        // What else the business sells is not in the post.
        fires: ({ request: { content } }) =>
          content?.concerns?.some((concern) => concern !== "personal-data") ||
          content?.goods?.some((goods) => unfitGoods.includes(goods)) ||
          false,
        verdict: "refuse",
        remedies: ["edit-post"],
        clause: "content of channels",
        sources: [guidelines],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.channels.volume",
    title: {
      en: "Many posts in one day",
      nl: "Veel berichten op één dag",
      de: "Viele Beiträge an einem Tag",
    },
    explanation: {
      en: "This Channel gets more posts in 24 hours than you set as a limit, and the guidelines warn of too many; post less, and only what is worth it.",
      nl: "Dit kanaal krijgt in 24 uur meer berichten dan u als grens instelde, en de richtlijnen waarschuwen voor te veel; plaats minder, en alleen wat de moeite waard is.",
      de: "Dieser Kanal erhält in 24 Stunden mehr Beiträge, als Sie als Grenze gesetzt haben, und die Richtlinien warnen vor zu vielen; posten Sie weniger, und nur was es wert ist.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: posts,
        fires: postsMuch,
        verdict: "note",
        remedies: ["fewer-better-messages"],
        clause: "frequency and value of updates",
        sources: [guidelines],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.channels.promo-invite",
    title: {
      en: "An invitation to follow is marketing",
      nl: "Een uitnodiging om te volgen is reclame",
      de: "Eine Einladung zum Folgen ist Werbung",
    },
    explanation: {
      en: "The message invites one person to follow a Channel, so all rules on marketing apply to it; put the invitation on your site, or give it when somebody asks.",
      nl: "Het bericht nodigt één persoon uit een kanaal te volgen, dus alle regels voor reclame gelden; zet de uitnodiging op uw site, of geef die als iemand erom vraagt.",
      de: "Die Nachricht lädt eine Person ein, einem Kanal zu folgen, deshalb gelten alle Regeln für Werbung; setzen Sie die Einladung auf Ihre Website, oder geben Sie sie auf Nachfrage.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: { kind: addressedMessages },
        fires: ({ request }) => request.content?.channelInvite === true,
        verdict: "note",
        remedies: ["invite-on-site"],
        clause: "product choice",
        sources: ["Product choice", "Directive 2002/58/EC Art. 13(1)"],
        reviewed,
      },
    ],
  },
];

/** What no age and no reader's rights allow in public. */
const unfitGoods: readonly GoodsClass[] = [
  "adult",
  "counterfeits",
  "criminal-groups",
  "deceptive",
  "digital-access",
  "illegal",
];

/** Whoever follows and then wrote may be answered like anybody else. */
function writesToFollowers(send: Case): boolean {
  const { kind } = send.request;
  if (kind === "setup") return does(send, "followers-as-contacts");
  if (kind === "import") return send.facts.importedList?.source === "channel-followers";
  // A Channel has no way to one person: whatever goes there goes to its followers.
  if (send.request.transport === "public-channel") return true;
  return send.isProactive && send.facts.recipient?.importedFrom?.source === "channel-followers";
}

function countsFollowing(send: Case): boolean {
  const { kind } = send.request;
  if (kind === "setup") return does(send, "followers-as-opt-ins");
  const followed = send.facts.consents?.some((record) => isFollowing(record, send)) ?? false;
  if (kind === "import" || !followed) return followed;
  return (send.isProactive || send.isMarketing) && send.consent === null;
}

function isFollowing(record: Consent, { request }: Case): boolean {
  return (
    record.kind === "channel-follow" && record.status === "granted" && coversChannel(record.channel, request.channel)
  );
}

const defaultPostsPerDay = 3;

function postsMuch({ facts, at, options }: Case): boolean {
  const postedAt = facts.publicChannel?.postedAt ?? [];
  const recent = postedAt.filter((posted) => posted <= at && at - posted < dayMs);
  return recent.length + 1 > (options.channelPostsPerDay ?? defaultPostsPerDay);
}
