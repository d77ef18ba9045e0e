import { createWords } from "../words.ts";

/** Said where nothing is handed over until somebody confirms. */
export const words = createWords(
  {
    "why.older":
      "Nothing is being sent: this database is older than what Loket last sent from here. Was a backup restored?",
    "why.copied":
      "Nothing is being sent: this is a copy of Loket, or Loket has moved. The original may still be running.",
    "why.foreign": "Nothing is being sent: this database belongs to another installation of Loket.",
    ask: "An owner or admin has to confirm.",
    open: "Look and confirm",
    title: "May this Loket send?",
    found: "Found {when} at {place}.",
    waiting: "What waits",
    messages: "{count, plural, =0 {no messages} one {# message} other {# messages}}",
    oldest: "the oldest since {when}",
    campaigns:
      "{count, plural, =0 {no campaigns under way} one {# campaign under way} other {# campaigns under way}}, {people, plural, =0 {no people} one {# person} other {# people}} still to reach",
    "risk.older":
      "What was sent after the backup was made is not known here. Whatever waits may have reached people already, and would reach them a second time.",
    "risk.copied":
      "If the original is still running, it sends what waits here. Whoever gets it from there would get it a second time from here.",
    "risk.foreign": "The installation this database belongs to may still be running, and would send the same.",
    callOff: "Call off what waits",
    callOffLead: "None of it is sent. Its messages show that they did not go; campaigns under way are cancelled.",
    handOver: "Send what waits",
    handOverLead: "Only if you know that nobody else has sent it.",
    later: "Messages written since then are sent in either case. What you choose goes on record.",
    confirm: "Confirm",
  },
  {
    "why.older":
      "Er wordt niets verstuurd: deze database is ouder dan wat Loket van hieruit het laatst verstuurde. Is er een back-up teruggezet?",
    "why.copied":
      "Er wordt niets verstuurd: dit is een kopie van Loket, of Loket is verhuisd. Misschien draait het origineel nog.",
    "why.foreign": "Er wordt niets verstuurd: deze database hoort bij een andere installatie van Loket.",
    ask: "Een eigenaar of beheerder moet dit bevestigen.",
    open: "Bekijken en bevestigen",
    title: "Mag deze Loket versturen?",
    found: "Ontdekt {when} in {place}.",
    waiting: "Wat er wacht",
    messages: "{count, plural, =0 {geen berichten} one {# bericht} other {# berichten}}",
    oldest: "het oudste sinds {when}",
    campaigns:
      "{count, plural, =0 {geen lopende campagnes} one {# lopende campagne} other {# lopende campagnes}}, nog {people, plural, =0 {geen personen} one {# persoon} other {# personen}} te bereiken",
    "risk.older":
      "Wat na het maken van de back-up is verstuurd, is hier niet bekend. Wat er wacht, kan al zijn aangekomen en zou dan een tweede keer aankomen.",
    "risk.copied":
      "Als het origineel nog draait, verstuurt dat wat hier wacht. Wie het van daar krijgt, krijgt het van hier een tweede keer.",
    "risk.foreign": "De installatie waar deze database bij hoort draait misschien nog, en verstuurt dan hetzelfde.",
    callOff: "Intrekken wat er wacht",
    callOffLead:
      "Niets ervan wordt verstuurd. Bij de berichten staat dat ze niet zijn verstuurd; lopende campagnes worden geannuleerd.",
    handOver: "Versturen wat er wacht",
    handOverLead: "Alleen als je weet dat niemand anders het heeft verstuurd.",
    later: "Berichten die daarna zijn geschreven gaan in beide gevallen weg. Je keuze wordt vastgelegd.",
    confirm: "Bevestigen",
  },
  {
    "why.older":
      "Es wird nichts gesendet: Diese Datenbank ist älter als das, was Loket von hier zuletzt gesendet hat. Wurde eine Sicherung eingespielt?",
    "why.copied":
      "Es wird nichts gesendet: Dies ist eine Kopie von Loket, oder Loket ist umgezogen. Vielleicht läuft das Original noch.",
    "why.foreign": "Es wird nichts gesendet: Diese Datenbank gehört zu einer anderen Installation von Loket.",
    ask: "Eine Inhaberin oder ein Administrator muss das bestätigen.",
    open: "Ansehen und bestätigen",
    title: "Darf dieses Loket senden?",
    found: "Festgestellt {when} in {place}.",
    waiting: "Was wartet",
    messages: "{count, plural, =0 {keine Nachrichten} one {# Nachricht} other {# Nachrichten}}",
    oldest: "die älteste seit {when}",
    campaigns:
      "{count, plural, =0 {keine laufenden Kampagnen} one {# laufende Kampagne} other {# laufende Kampagnen}}, noch {people, plural, =0 {keine Personen} one {# Person} other {# Personen}} zu erreichen",
    "risk.older":
      "Was nach der Sicherung gesendet wurde, ist hier nicht bekannt. Was wartet, kann schon angekommen sein und käme dann ein zweites Mal an.",
    "risk.copied":
      "Wenn das Original noch läuft, sendet es, was hier wartet. Wer es von dort bekommt, bekäme es von hier ein zweites Mal.",
    "risk.foreign": "Die Installation, zu der diese Datenbank gehört, läuft vielleicht noch und sendet dann dasselbe.",
    callOff: "Absagen, was wartet",
    callOffLead:
      "Nichts davon wird gesendet. Bei den Nachrichten steht, dass sie nicht hinausgingen; laufende Kampagnen werden abgebrochen.",
    handOver: "Senden, was wartet",
    handOverLead: "Nur, wenn Sie wissen, dass niemand sonst es gesendet hat.",
    later: "Nachrichten, die seither geschrieben wurden, gehen in beiden Fällen hinaus. Ihre Wahl wird festgehalten.",
    confirm: "Bestätigen",
  },
);
