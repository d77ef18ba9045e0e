import type { RemedyId, Words } from "./rule.ts";

/** What can be done instead, as the button says it. */
export const remedyWords: Readonly<Record<RemedyId, Words>> = {
  "use-template": {
    en: "Send an approved template",
    nl: "Een goedgekeurd sjabloon versturen",
    de: "Eine genehmigte Vorlage senden",
  },
  "wait-for-inbound": {
    en: "Wait until the person writes",
    nl: "Wachten tot de persoon schrijft",
    de: "Warten, bis die Person schreibt",
  },
  "other-consented-channel": {
    en: "Use another channel the person agreed to",
    nl: "Een ander kanaal gebruiken waarmee de persoon instemde",
    de: "Einen anderen Kanal nutzen, dem die Person zugestimmt hat",
  },
  "ask-consent": {
    en: "Let the person sign up",
    nl: "De persoon zich laten aanmelden",
    de: "Die Person sich anmelden lassen",
  },
  "ask-second-person": {
    en: "Ask a second person",
    nl: "Een tweede persoon vragen",
    de: "Eine zweite Person fragen",
  },
  reword: { en: "Say it in other words", nl: "In andere woorden zeggen", de: "Mit anderen Worten sagen" },
  "release-sender": {
    en: "Let the sender go again",
    nl: "De afzender weer vrijgeven",
    de: "Den Absender wieder freigeben",
  },
  "attach-evidence": {
    en: "Attach the evidence of consent",
    nl: "Het bewijs van toestemming toevoegen",
    de: "Den Nachweis der Einwilligung anfügen",
  },
  "wait-until": { en: "Wait until then", nl: "Tot dan wachten", de: "Bis dahin warten" },
  "wait-for-approval": { en: "Wait for the review", nl: "Op de beoordeling wachten", de: "Auf die Prüfung warten" },
  "edit-template": {
    en: "Edit the template and submit it again",
    nl: "Het sjabloon aanpassen en opnieuw indienen",
    de: "Die Vorlage ändern und neu einreichen",
  },
  "other-template": {
    en: "Use another template",
    nl: "Een ander sjabloon gebruiken",
    de: "Eine andere Vorlage nutzen",
  },
  "use-marketing-category": {
    en: "File it as a marketing template",
    nl: "Als reclamesjabloon indienen",
    de: "Als Werbevorlage einreichen",
  },
  "remove-promotion": { en: "Delete the promotion", nl: "De reclame weghalen", de: "Die Werbung streichen" },
  "add-translation": { en: "Add a translation", nl: "Een vertaling toevoegen", de: "Eine Übersetzung hinzufügen" },
  "fill-parameters": { en: "Fill in every value", nl: "Elke waarde invullen", de: "Jeden Wert ausfüllen" },
  "use-authentication-template": {
    en: "Use an authentication template",
    nl: "Een authenticatiesjabloon gebruiken",
    de: "Eine Authentifizierungsvorlage nutzen",
  },
  "ask-phone-number": {
    en: "Ask for the phone number",
    nl: "Naar het telefoonnummer vragen",
    de: "Nach der Telefonnummer fragen",
  },
  "fewer-better-messages": {
    en: "Send fewer and better messages",
    nl: "Minder en betere berichten sturen",
    de: "Weniger und bessere Nachrichten senden",
  },
  "spread-campaign": {
    en: "Spread the campaign over more days",
    nl: "De campagne over meer dagen spreiden",
    de: "Die Kampagne auf mehr Tage verteilen",
  },
  "raise-limit": {
    en: "Verify the business and let the limit grow",
    nl: "Het bedrijf verifiëren en de limiet laten groeien",
    de: "Das Unternehmen verifizieren und die Grenze wachsen lassen",
  },
  queue: {
    en: "Nothing: it goes out when its turn comes",
    nl: "Niets: het gaat uit zodra het aan de beurt is",
    de: "Nichts: sie geht hinaus, wenn sie an der Reihe ist",
  },
  appeal: { en: "Appeal to WhatsApp", nl: "Bezwaar maken bij WhatsApp", de: "Einspruch bei WhatsApp einlegen" },
  "evidence-pack": {
    en: "Prepare the evidence pack",
    nl: "Het bewijspakket klaarmaken",
    de: "Das Nachweispaket vorbereiten",
  },
  "add-payment-method": {
    en: "Add a payment method",
    nl: "Een betaalmiddel toevoegen",
    de: "Ein Zahlungsmittel hinzufügen",
  },
  "move-to-cloud-api": {
    en: "Move the number to the Cloud API",
    nl: "Het nummer naar de Cloud API verhuizen",
    de: "Die Nummer auf die Cloud API umziehen",
  },
  "send-invite-link": {
    en: "Send the invite link to those who opted in",
    nl: "De uitnodigingslink sturen aan wie zich aanmeldde",
    de: "Den Einladungslink an Angemeldete senden",
  },
  "ask-call-permission": {
    en: "Ask for permission to call",
    nl: "Toestemming vragen om te bellen",
    de: "Um Erlaubnis zum Anruf bitten",
  },
  reconfirm: {
    en: "Have the opt-in confirmed",
    nl: "De aanmelding laten bevestigen",
    de: "Die Anmeldung bestätigen lassen",
  },
  "separate-marketing-opt-in": {
    en: "Ask for a separate marketing opt-in",
    nl: "Apart toestemming voor reclame vragen",
    de: "Getrennt um Einwilligung in Werbung bitten",
  },
  "mask-identifiers": {
    en: "Show the last four digits only",
    nl: "Alleen de laatste vier tekens tonen",
    de: "Nur die letzten vier Stellen zeigen",
  },
  "neutral-message-with-link": {
    en: "Send a neutral message with a link to a secure page",
    nl: "Een neutraal bericht met een link naar een beveiligde pagina sturen",
    de: "Eine neutrale Nachricht mit Link zu einer sicheren Seite senden",
  },
  "correct-name": { en: "Correct the name", nl: "De naam verbeteren", de: "Den Namen berichtigen" },
  "complete-profile": { en: "Complete the profile", nl: "Het profiel aanvullen", de: "Das Profil vervollständigen" },
  "remind-of-sign-up": {
    en: "Begin with where and when they signed up",
    nl: "Beginnen met waar en wanneer de aanmelding was",
    de: "Mit Ort und Zeit der Anmeldung beginnen",
  },
  "use-solution-provider": {
    en: "Go through a Solution Provider",
    nl: "Via een Solution Provider gaan",
    de: "Über einen Solution Provider gehen",
  },
  "narrow-bot-scope": {
    en: "Limit the bot to your own service",
    nl: "De bot tot uw eigen dienst beperken",
    de: "Den Bot auf den eigenen Dienst beschränken",
  },
  "hand-over-to-person": {
    en: "Hand over to a person",
    nl: "Aan een mens overdragen",
    de: "An einen Menschen übergeben",
  },
  "log-only": {
    en: "Record it and send nothing",
    nl: "Vastleggen en niets versturen",
    de: "Festhalten und nichts senden",
  },
  "ask-country": {
    en: "Ask in which country the person lives",
    nl: "Vragen in welk land de persoon woont",
    de: "Fragen, in welchem Land die Person lebt",
  },
  "raise-cap": { en: "Raise the cap on purpose", nl: "De grens bewust verhogen", de: "Die Grenze bewusst erhöhen" },
  "ask-preference": {
    en: "Ask what the person wants to get",
    nl: "Vragen wat de persoon wil ontvangen",
    de: "Fragen, was die Person erhalten möchte",
  },
  "pause-and-prune": {
    en: "Pause and remove inactive contacts",
    nl: "Pauzeren en inactieve contacten verwijderen",
    de: "Pausieren und inaktive Kontakte entfernen",
  },
  "contact-guardian": {
    en: "Contact the guardian",
    nl: "De ouder of voogd benaderen",
    de: "Die Eltern oder den Vormund ansprechen",
  },
  "disclose-bot": {
    en: "Say that a bot answers",
    nl: "Zeggen dat een bot antwoordt",
    de: "Sagen, dass ein Bot antwortet",
  },
  "review-rule": {
    en: "Review the rules and date it",
    nl: "De regels controleren en de datum noteren",
    de: "Die Regeln prüfen und das Datum vermerken",
  },
  "supply-facts": {
    en: "Supply the missing facts",
    nl: "De ontbrekende feiten aanvullen",
    de: "Die fehlenden Tatsachen ergänzen",
  },
  "double-opt-in": {
    en: "Send one neutral confirmation message",
    nl: "Eén neutraal bericht ter bevestiging sturen",
    de: "Eine neutrale Bestätigungsnachricht senden",
  },
  "new-wording": {
    en: "Write a new wording and ask again",
    nl: "Een nieuwe tekst maken en opnieuw vragen",
    de: "Neu formulieren und erneut fragen",
  },
  "ask-birth-date": {
    en: "Ask for the date of birth",
    nl: "De geboortedatum vragen",
    de: "Nach dem Geburtsdatum fragen",
  },
  "ask-meta-permission": {
    en: "Ask Meta for written permission",
    nl: "Meta om schriftelijke toestemming vragen",
    de: "Meta um schriftliche Erlaubnis bitten",
  },
  "check-catalogue": {
    en: "Look up the categories of your country",
    nl: "De categorieën van uw land opzoeken",
    de: "Die Kategorien Ihres Landes nachsehen",
  },
  "leave-out-goods": { en: "Leave these goods out", nl: "Deze goederen weglaten", de: "Diese Waren weglassen" },
  "point-elsewhere": {
    en: "Say only where else to ask",
    nl: "Alleen zeggen waar men terechtkan",
    de: "Nur sagen, wo man fragen kann",
  },
  "take-out-of-catalogue": {
    en: "Take it out of catalogue, cart and payment",
    nl: "Uit catalogus, mandje en betaling halen",
    de: "Aus Katalog, Warenkorb und Zahlung nehmen",
  },
  anonymise: {
    en: "Take the personal data out",
    nl: "De persoonsgegevens eruit halen",
    de: "Die personenbezogenen Daten herausnehmen",
  },
  "ask-to-save-number": {
    en: "Ask people to save your number",
    nl: "Mensen vragen uw nummer op te slaan",
    de: "Darum bitten, Ihre Nummer zu speichern",
  },
  "choose-number": {
    en: "Choose a new number, or connect the present one",
    nl: "Een nieuw nummer kiezen, of het huidige koppelen",
    de: "Eine neue Nummer wählen oder die jetzige verbinden",
  },
  "connect-to-platform": {
    en: "Connect the app's number to the Platform",
    nl: "Het nummer van de app aan het Platform koppelen",
    de: "Die Nummer der App mit der Plattform verbinden",
  },
  "designate-processor": {
    en: "Designate the processor under the terms",
    nl: "De verwerker volgens de voorwaarden aanwijzen",
    de: "Den Auftragsverarbeiter nach den Bedingungen benennen",
  },
  "edit-post": {
    en: "Edit the post",
    nl: "Het bericht aanpassen",
    de: "Den Beitrag ändern",
  },
  "embedded-signup": {
    en: "Run the embedded sign-up under your own portfolio",
    nl: "De ingebouwde aanmelding onder uw eigen portfolio doorlopen",
    de: "Die eingebettete Registrierung im eigenen Portfolio durchführen",
  },
  "exclude-training": {
    en: "Agree that nothing is trained, or run your own model",
    nl: "Training uitsluiten, of een eigen model draaien",
    de: "Training ausschließen oder ein eigenes Modell betreiben",
  },
  "export-usage-report": {
    en: "Export the report on use",
    nl: "Het gebruiksverslag exporteren",
    de: "Den Nutzungsbericht exportieren",
  },
  "file-templates": {
    en: "File templates in the languages you use",
    nl: "Sjablonen indienen in de talen die u gebruikt",
    de: "Vorlagen in Ihren Sprachen einreichen",
  },
  "import-without-consents": {
    en: "Import contacts without claiming consent",
    nl: "Contacten importeren zonder toestemming te beweren",
    de: "Kontakte importieren, ohne Einwilligungen zu behaupten",
  },
  "invite-on-site": {
    en: "Put the invitation on your site",
    nl: "De uitnodiging op uw site zetten",
    de: "Die Einladung auf Ihre Website setzen",
  },
  "keep-customer-list": {
    en: "Keep a current list of customers",
    nl: "Een actuele klantenlijst bijhouden",
    de: "Eine aktuelle Kundenliste führen",
  },
  "keep-shutdown-log": {
    en: "Keep the record of what stopped and when",
    nl: "Vastleggen wat wanneer is gestopt",
    de: "Festhalten, was wann beendet wurde",
  },
  "keep-totals": {
    en: "Keep totals instead of profiles",
    nl: "Totalen bijhouden in plaats van profielen",
    de: "Summen statt Profilen führen",
  },
  "let-people-sign-up": {
    en: "Publish a link, a QR code and a form for signing up",
    nl: "Een link, QR-code en formulier voor aanmelding plaatsen",
    de: "Link, QR-Code und Formular zur Anmeldung veröffentlichen",
  },
  "own-account": {
    en: "Give each business its own account",
    nl: "Elk bedrijf een eigen account geven",
    de: "Jedem Unternehmen ein eigenes Konto geben",
  },
  "post-sign-up-link": {
    en: "Post a link for signing up",
    nl: "Een link voor aanmelding plaatsen",
    de: "Einen Link zur Anmeldung posten",
  },
  "price-software-only": {
    en: "Charge for your software only",
    nl: "Alleen voor uw software geld vragen",
    de: "Nur für Ihre Software Geld verlangen",
  },
  "remind-admin": {
    en: "Remind a channel admin to publish it",
    nl: "Een beheerder aan het plaatsen herinneren",
    de: "Einen Admin ans Veröffentlichen erinnern",
  },
  "remove-claims": {
    en: "Take old claims off your site and shop",
    nl: "Oude beweringen van site en winkel halen",
    de: "Alte Aussagen von Website und Shop entfernen",
  },
  "rename-product": {
    en: "Choose a name of your own",
    nl: "Een eigen naam kiezen",
    de: "Einen eigenen Namen wählen",
  },
  "send-one-draft": {
    en: "Prepare one draft and press send yourself",
    nl: "Eén concept klaarzetten en zelf versturen",
    de: "Einen Entwurf vorbereiten und selbst senden",
  },
  "start-small": {
    en: "Start at the first limit and grow by quality",
    nl: "Bij de eerste limiet beginnen en door kwaliteit groeien",
    de: "Mit der ersten Grenze beginnen und durch Qualität wachsen",
  },
  "stop-unofficial-use": {
    en: "Stop the robot, the bridge or the old account now",
    nl: "De robot, de brug of het oude account nu stoppen",
    de: "Den Roboter, die Brücke oder das alte Konto jetzt stoppen",
  },
  "verify-business": {
    en: "Have the business verified",
    nl: "Het bedrijf laten verifiëren",
    de: "Das Unternehmen verifizieren lassen",
  },
  "allow-answers": {
    en: "Let the bot answer in the account's settings",
    nl: "De bot in de accountinstellingen laten antwoorden",
    de: "Den Bot in den Kontoeinstellungen antworten lassen",
  },
  "answer-by-hand": {
    en: "Have a person answer",
    nl: "Een mens laten antwoorden",
    de: "Einen Menschen antworten lassen",
  },
  "answer-in-public": {
    en: "Answer under the comment",
    nl: "Onder de reactie antwoorden",
    de: "Unter dem Kommentar antworten",
  },
  "ask-after-click": {
    en: "Ask after a click",
    nl: "Na een klik vragen",
    de: "Nach einem Klick fragen",
  },
  "ask-new-address": {
    en: "Ask for a new address",
    nl: "Naar een nieuw adres vragen",
    de: "Nach einer neuen Adresse fragen",
  },
  "ask-page-support": {
    en: "Ask in the Page's support inbox",
    nl: "Vragen in de ondersteuningsinbox van de pagina",
    de: "Im Support-Postfach der Seite fragen",
  },
  "ask-subscription": {
    en: "Let the person subscribe in the chat",
    nl: "De persoon zich in het gesprek laten abonneren",
    de: "Die Person im Gespräch abonnieren lassen",
  },
  "correct-subject": {
    en: "Correct the subject or sender",
    nl: "Het onderwerp of de afzender verbeteren",
    de: "Betreff oder Absender berichtigen",
  },
  "enable-paid-broadcasts": {
    en: "Switch on paid broadcasts",
    nl: "Betaald versturen aanzetten",
    de: "Bezahlten Versand einschalten",
  },
  "encrypt-data": {
    en: "Encrypt the data and keep the key elsewhere",
    nl: "De gegevens versleutelen en de sleutel elders bewaren",
    de: "Die Daten verschlüsseln und den Schlüssel anderswo aufbewahren",
  },
  "erase-data": {
    en: "Erase the data, keep only the opt-out",
    nl: "De gegevens wissen, alleen de afmelding bewaren",
    de: "Die Daten löschen, nur die Abmeldung behalten",
  },
  "improve-access": {
    en: "Make the widget work by keyboard and screen reader",
    nl: "De widget bruikbaar maken met toetsenbord en schermlezer",
    de: "Das Widget per Tastatur und Bildschirmleser bedienbar machen",
  },
  "make-bot-administrator": {
    en: "Let the bot post in the channel",
    nl: "De bot in het kanaal laten plaatsen",
    de: "Den Bot im Kanal posten lassen",
  },
  "offer-email-answer": {
    en: "Offer the answer by e-mail during the chat",
    nl: "Tijdens het gesprek antwoord per e-mail aanbieden",
    de: "Im Gespräch eine Antwort per E-Mail anbieten",
  },
  "open-data-use": {
    en: "Show the owner what the bot does, and use data for nothing else",
    nl: "De eigenaar tonen wat de bot doet, en gegevens nergens anders voor gebruiken",
    de: "Dem Inhaber zeigen, was der Bot tut, und Daten für nichts anderes nutzen",
  },
  "send-file-link": {
    en: "Send a link to the file",
    nl: "Een link naar het bestand sturen",
    de: "Einen Link zur Datei senden",
  },
  "send-start-link": {
    en: "Offer a link or code that starts the chat",
    nl: "Een link of code aanbieden die het gesprek begint",
    de: "Einen Link oder Code anbieten, der das Gespräch beginnt",
  },
  "set-up-domain": {
    en: "Set up the sending domain",
    nl: "Het verzenddomein instellen",
    de: "Die Absenderdomain einrichten",
  },
  "show-privacy-notice": {
    en: "Show the privacy notice first",
    nl: "Eerst de privacyverklaring tonen",
    de: "Zuerst den Datenschutzhinweis zeigen",
  },
  "staff-chat": {
    en: "Have people there in business hours",
    nl: "Tijdens openingstijden mensen beschikbaar hebben",
    de: "Zu den Geschäftszeiten Menschen bereithalten",
  },
  "take-stars": {
    en: "Take Telegram Stars for it",
    nl: "Telegram Stars ervoor vragen",
    de: "Telegram Stars dafür nehmen",
  },
  "use-bot": {
    en: "Use a bot or a channel",
    nl: "Een bot of een kanaal gebruiken",
    de: "Einen Bot oder einen Kanal nutzen",
  },
  "use-human-agent": {
    en: "Let a person answer within 7 days",
    nl: "Binnen 7 dagen een mens laten antwoorden",
    de: "Binnen 7 Tagen einen Menschen antworten lassen",
  },
  "use-one-bot": {
    en: "Use one bot of your own",
    nl: "Eén eigen bot gebruiken",
    de: "Einen einzigen eigenen Bot nutzen",
  },
  "use-own-domain": {
    en: "Send from a domain of your own",
    nl: "Vanaf een eigen domein versturen",
    de: "Von einer eigenen Domain senden",
  },
  "use-second-agent": {
    en: "Use an agent registered for it",
    nl: "Een daarvoor geregistreerde agent gebruiken",
    de: "Einen dafür registrierten Agenten nutzen",
  },
  "use-subscription": {
    en: "Use a marketing subscription of the person",
    nl: "Een reclameabonnement van de persoon gebruiken",
    de: "Ein Werbeabonnement der Person nutzen",
  },
  "verify-person": {
    en: "Have the person log in or enter a code",
    nl: "De persoon laten inloggen of een code laten invoeren",
    de: "Die Person anmelden oder einen Code eingeben lassen",
  },
  "wire-keywords": {
    en: "Connect the words people expect",
    nl: "De woorden die mensen verwachten aansluiten",
    de: "Die erwarteten Wörter anschließen",
  },
  "write-privacy-policy": {
    en: "Write a privacy policy and answer /privacy",
    nl: "Een privacyverklaring schrijven en op /privacy antwoorden",
    de: "Eine Datenschutzerklärung schreiben und auf /privacy antworten",
  },
  "ask-number": {
    en: "Ask for the number for this matter",
    nl: "Hiervoor naar het nummer vragen",
    de: "Dafür nach der Nummer fragen",
  },
  "ask-written-consent": {
    en: "Get written consent by web form or keyword",
    nl: "Schriftelijke toestemming vragen per formulier of trefwoord",
    de: "Schriftliche Einwilligung per Formular oder Stichwort einholen",
  },
  "ease-leaving": {
    en: "Make leaving as easy as joining",
    nl: "Weggaan even makkelijk maken als beginnen",
    de: "Aufhören so leicht machen wie Anfangen",
  },
  "keep-opt-outs": {
    en: "Keep opt-outs without end",
    nl: "Afmeldingen zonder einde bewaren",
    de: "Abmeldungen ohne Ende behalten",
  },
  "keep-proof": {
    en: "Keep the proof for five years",
    nl: "Het bewijs vijf jaar bewaren",
    de: "Den Nachweis fünf Jahre aufbewahren",
  },
  "other-number": {
    en: "Send from a short code or another number",
    nl: "Vanaf een kort of ander nummer versturen",
    de: "Von einer Kurzwahl oder anderen Nummer senden",
  },
  "own-link-domain": {
    en: "Use a short domain of your own",
    nl: "Een eigen kort domein gebruiken",
    de: "Eine eigene kurze Domain nutzen",
  },
  "record-basis": {
    en: "Record what makes it lawful",
    nl: "De grondslag vastleggen",
    de: "Die Rechtsgrundlage festhalten",
  },
  "register-campaign": {
    en: "Register brand and campaign",
    nl: "Merk en campagne registreren",
    de: "Marke und Kampagne registrieren",
  },
  "register-consent": {
    en: "Enter the consent in the registry",
    nl: "De toestemming in het register zetten",
    de: "Die Einwilligung ins Register eintragen",
  },
  "register-template": {
    en: "Register sender, header and template",
    nl: "Afzender, kop en sjabloon registreren",
    de: "Absender, Kennung und Vorlage registrieren",
  },
  "set-up-age-gate": {
    en: "Set up an age gate and have it approved",
    nl: "Een leeftijdscontrole inrichten en laten goedkeuren",
    de: "Eine Altersprüfung einrichten und genehmigen lassen",
  },
  "show-number": { en: "Show the number", nl: "Het nummer tonen", de: "Die Nummer zeigen" },
  "sign-agreement": {
    en: "Sign the processing agreement",
    nl: "De verwerkersovereenkomst tekenen",
    de: "Den Vertrag zur Auftragsverarbeitung schließen",
  },
  "tie-consent-to-number": {
    en: "Get a consent tied to the number",
    nl: "Toestemming vragen die aan het nummer vastzit",
    de: "Eine Einwilligung einholen, die an der Nummer hängt",
  },
  "verify-number": {
    en: "Have the number verified",
    nl: "Het nummer laten verifiëren",
    de: "Die Nummer verifizieren lassen",
  },
  "widen-opt-out": {
    en: "Take a stop in any way people say it",
    nl: "Elke manier van stoppen aanvaarden",
    de: "Jeden Weg zum Abmelden annehmen",
  },
};
