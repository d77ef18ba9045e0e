/**
 * What people write when they want to stop, start, get help, or may mean either. Whole messages, in any case, with or
 * without accents. The English lists follow what carriers and providers ask for; the others are ours and await review
 * by native speakers.
 */
export interface LanguageWords {
  readonly optOut: readonly string[];
  readonly optIn: readonly string[];
  readonly help: readonly string[];
  /** May mean "no more messages" or something else altogether: ask first. */
  readonly ambiguous: readonly string[];
}

const list = (words: string): readonly string[] => words.split(/\s*,\s*/);

export const wordsByLanguage: Readonly<Record<string, LanguageWords>> = {
  en: {
    optOut: list(
      "stop, stopall, stop all, unsubscribe, unsub, opt out, optout, opt-out, remove, remove me, revoke, quit, end",
    ),
    optIn: list("start, unstop, subscribe, join, resume"),
    help: list("help, info, support, agent"),
    ambiguous: list("cancel, no, done, leave"),
  },
  nl: {
    optOut: list(
      "stop, stoppen, afmelden, meld af, uitschrijven, schrijf uit, stop berichten, geen berichten meer, verwijder mij",
    ),
    optIn: list("start, aanmelden, inschrijven, abonneren, herstart"),
    help: list("help, hulp, info, medewerker"),
    ambiguous: list("opzeggen, annuleren, nee, einde, klaar"),
  },
  de: {
    optOut: list(
      "stop, stopp, abmelden, abmeldung, abbestellen, austragen, widerruf, widerspruch, keine nachrichten mehr, löschen sie mich",
    ),
    optIn: list("start, anmelden, abonnieren, eintragen"),
    help: list("hilfe, help, info, mitarbeiter"),
    ambiguous: list("kündigen, storno, stornieren, nein, ende"),
  },
  fr: {
    optOut: list(
      "stop, arrêt, arrêter, arrêtez, désabonner, se désabonner, désinscription, désinscrire, me désinscrire, plus de messages",
    ),
    optIn: list("début, start, abonner, inscription, reprendre"),
    help: list("aide, help, info, conseiller"),
    ambiguous: list("annuler, résilier, non, fin"),
  },
  es: {
    optOut: list(
      "stop, baja, dar de baja, darme de baja, parar, alto, no más, no más mensajes, desuscribir, cancelar suscripción",
    ),
    optIn: list("alta, iniciar, start, suscribir, suscribirme"),
    help: list("ayuda, info, agente"),
    ambiguous: list("cancelar, anular, no, fin"),
  },
  it: {
    optOut: list(
      "stop, basta, disiscrivi, disiscrivimi, disiscrizione, cancellami, rimuovimi, revoca, niente più messaggi",
    ),
    optIn: list("inizia, start, iscrivimi, iscrizione"),
    help: list("aiuto, info, operatore"),
    ambiguous: list("cancella, annulla, disdire, no, fine"),
  },
  pt: {
    optOut: list("stop, parar, pare, sair, remover, descadastrar, desinscrever, cancelar inscrição, não quero mais"),
    optIn: list("iniciar, start, entrar, assinar, inscrever"),
    help: list("ajuda, info, atendente"),
    ambiguous: list("cancelar, anular, não, fim"),
  },
  pl: {
    optOut: list("stop, wypisz, wypisz mnie, rezygnuję, rezygnacja, nie wysyłaj, usuń mnie"),
    optIn: list("start, zapisz, zapisz mnie, wznów"),
    help: list("pomoc, info, konsultant"),
    ambiguous: list("anuluj, koniec, nie"),
  },
  tr: {
    optOut: list("dur, durdur, ret, listeden çıkar, çık, abonelikten çık, mesaj istemiyorum, stop"),
    optIn: list("başla, onay, katıl"),
    help: list("yardım, bilgi, temsilci"),
    ambiguous: list("iptal, hayır, son"),
  },
  ar: {
    optOut: list("توقف, إيقاف, قف, أوقف, إلغاء الاشتراك, لا ترسل, stop"),
    optIn: list("ابدأ, اشتراك, اشترك"),
    help: list("مساعدة, معلومات, موظف"),
    ambiguous: list("إلغاء, لا"),
  },
  hi: {
    optOut: list("रोकें, रोको, बंद करें, बंद करो, बंद, सदस्यता समाप्त, मैसेज मत भेजो, roko, band karo, mat bhejo, stop"),
    optIn: list("शुरू, शुरू करें, shuru, shuru karo"),
    help: list("मदद, सहायता, madad"),
    ambiguous: list("रद्द, radd, नहीं, nahi"),
  },
  sv: {
    optOut: list("stopp, stop, avregistrera, avsluta prenumeration, sluta skicka"),
    optIn: list("start, anmäl, prenumerera"),
    help: list("hjälp, info"),
    ambiguous: list("avsluta, avbryt, nej, slut"),
  },
  da: {
    optOut: list("stop, afmeld, afmelding, frameld, slut med beskeder"),
    optIn: list("start, tilmeld"),
    help: list("hjælp, info"),
    ambiguous: list("annuller, nej, slut"),
  },
  nb: {
    optOut: list("stopp, stop, avmeld, meld av, meld meg av"),
    optIn: list("start, påmeld, meld på"),
    help: list("hjelp, info"),
    ambiguous: list("avbryt, nei, slutt"),
  },
  fi: {
    optOut: list("stop, lopeta, lopeta viestit, poista minut, peruuta tilaus"),
    optIn: list("aloita, tilaa, start"),
    help: list("apua, ohje, info"),
    ambiguous: list("peru, peruuta, ei"),
  },
  cs: {
    optOut: list("stop, odhlásit, odhlaste mě, neposílat"),
    optIn: list("start, přihlásit"),
    help: list("pomoc, info"),
    ambiguous: list("zrušit, konec, ne"),
  },
  ro: {
    optOut: list("stop, dezabonare, dezabonează, oprește, nu mai trimite"),
    optIn: list("start, abonare"),
    help: list("ajutor, info"),
    ambiguous: list("anulare, nu, gata"),
  },
  hu: {
    optOut: list("stop, leiratkozás, leiratkozom, ne küldj többet"),
    optIn: list("start, feliratkozás, feliratkozom"),
    help: list("segítség, info"),
    ambiguous: list("lemondás, nem, vége"),
  },
  el: {
    optOut: list("στοπ, stop, διαγραφή, απεγγραφή"),
    optIn: list("έναρξη, εγγραφή, start"),
    help: list("βοήθεια, πληροφορίες"),
    ambiguous: list("ακύρωση, όχι, τέλος"),
  },
  ru: {
    optOut: list("стоп, stop, отписаться, отписка, не пишите, удалите меня"),
    optIn: list("старт, подписаться"),
    help: list("помощь, инфо, оператор"),
    ambiguous: list("отмена, нет, конец"),
  },
  uk: {
    optOut: list("стоп, відписатися, відписка, не пишіть"),
    optIn: list("старт, підписатися"),
    help: list("допомога, інфо"),
    ambiguous: list("скасувати, ні, кінець"),
  },
  id: {
    optOut: list("stop, berhenti, hentikan, berhenti langganan"),
    optIn: list("mulai, daftar, langganan"),
    help: list("bantuan, info"),
    ambiguous: list("batal, tidak"),
  },
  ja: {
    optOut: list("停止, 配信停止, 解除, 配信解除, ストップ"),
    optIn: list("開始, 登録, 配信再開"),
    help: list("ヘルプ, 問い合わせ"),
    ambiguous: list("キャンセル, いいえ"),
  },
};

/** Opt in only as the answer to an open question for consent. */
export const yesWords = list("yes, ja, oui, si, sí, sim, tak, evet, نعم, हाँ, да, はい");

/** Words on either end that change nothing. */
export const courtesyWords = list(
  "please, pls, plz, thanks, thank you, now, bitte, danke, jetzt, aub, alstublieft, a.u.b., svp, graag, dank, bedankt, merci, s'il vous plaît, por favor, gracias, per favore, grazie, obrigado, obrigada, proszę, dziękuję, lütfen, من فضلك, कृपया",
);

/** After an opt-out word: only offers. */
export const marketingWords = list(
  "nieuwsbrief, newsletter, aanbiedingen, angebote, offers, promo, offres, ofertas, offerte",
);

/** After an opt-out word: only that channel. */
export const channelWords = {
  sms: "sms",
  whatsapp: "whatsapp",
  mail: "email",
  email: "email",
  "e-mail": "email",
  telegram: "telegram",
} as const;

/** After an opt-out word: everything, everywhere. */
export const everythingWords = list("all, alles, tout, todo, tutto, tudo");

/** Small words between an opt-out word and its purpose. */
export const fillerWords = list(
  "the, my, your, from, for, de, het, mijn, uw, jullie, van, voor, den, die, der, das, vom, von, für, la, le, les, des, du, mes, vos, el, los, las, il, lo, gli, i, delle, da, das, do, os, as",
);

/** In the United States and Canada these stop text messages as well. */
export const northAmericanSmsWords = list("cancel, td, arret");

/** Signs that say it without words. */
export const stopSigns = ["🛑", "🚫", "✋"];

/** Sentences about being written to. Matched against the folded text, so without accents and in lower case. */
export const stopSentences: readonly RegExp[] = [
  // English
  /\b(stop|quit|cease) (\w+ ){0,2}(send|sending|text|texting|messag\w*|writ\w+|contact\w*|mail\w*|email\w*|spam\w*|bother\w*|calling)\b/,
  /\bstop (\w+ ){0,2}(messages|texts|mails|emails|spam|ads|adverts|advertising|newsletters?|offers|promotions)\b/,
  /\b(unsubscribe|unsub|opt me out|opt out)\b/,
  /\b(take|remove|delete|get) (me|my (number|name|address|contact|details)) (off|from)\b/,
  /\b(don'?t|do not|never) (\w+ )?(text|message|contact|write|send|email|mail) (me|us|this|anything|any more|anymore)\b/,
  /\bno more (\w+ )?(messages|texts|mails|emails|spam|ads|offers|newsletters?|advertising|promotions)\b/,
  /\b(don'?t|do not|no longer) (want|wish) (\w+ ){0,4}(messages|texts|mails|emails|spam|ads|offers|newsletters?)\b/,
  /\bleave me alone\b/,
  // Dutch
  /\b(geen|nooit meer) (\w+ ){0,2}(reclame|berichten|berichtjes|appjes|mails?|spam|nieuwsbrie\w+|aanbiedingen|sms\w*)( \w+){0,2} (meer|ontvangen|sturen)\b/,
  /\b(haal|verwijder|schrap|gooi) (me|mij|mijn \w+) (van|uit) (\w+ )?(lijst\w*|bestand|verzendlijst|database|systeem|groep)\b/,
  /\b(stop|hou op|houd op|ophouden|stoppen) (\w+ ){0,2}(met|deze|die|jullie) (\w+ ){0,3}(sturen|appen|mailen|smsen|berichten|reclame|spam\w*|lastigvallen)\b/,
  /\b(stuur|app|mail|sms) (me|mij|ons) (\w+ ){0,2}(niet|niets|niks|geen|nooit)\b/,
  /\b(afmelden|uitschrijven|meld (me|mij) af|schrijf (me|mij) uit)\b/,
  /\blaat (me|mij) met rust\b/,
  // German
  /\b(kein|keine) (\w+ ){0,2}(werbung|nachrichten|mails?|sms|spam|newsletter|angebote)( \w+){0,2} (mehr|schicken|senden|erhalten)\b/,
  /\b(nehmt|nehmen sie|nimm|streicht|streichen sie|loscht|loeschen sie|loschen sie) mich (\w+ ){0,2}(aus|von) (\w+ )?(verteiler|liste|adressliste|kartei)\b/,
  /\b(hort|horen sie|hor|hoert|hoeren sie) (\w+ )?auf\b.*\b(schreiben|schicken|senden|nachrichten|werbung|spam\w*)\b/,
  /\b(schreibt|schreiben sie|schickt|schicken sie|sendet|senden sie) (mir|uns) (\w+ ){0,2}(nicht|nichts|keine|nie)\b/,
  /\b(abmelden|abbestellen|austragen|meldet mich ab|melden sie mich ab)\b/,
  /\blasst mich in ruhe\b/,
  // French
  /\bne (m'|me |nous )(envoy\w+|ecriv\w+|contact\w+|derang\w+) (plus|pas|jamais)\b/,
  /\bplus (de|d'|aucun) ?(messages?|sms|mails?|pub\w*|spam|offres|newsletters?)\b/,
  /\b(arretez|arrete|arreter|cessez) (de )?(m'|me |vos |ces |les )\s?\w*/,
  /\bne (veux|souhaite|desire) (plus|pas) (\w+ ){0,3}(messages?|sms|mails?|pub\w*|offres|newsletters?)\b/,
  /\b(desabonn\w+|desinscri\w+|retirez-moi|enlevez-moi|supprimez-moi)\b/,
  // Spanish
  /\bno (me|nos) (escrib\w+|envi\w+|mand\w+|contact\w+|molest\w+)( \w+)? mas\b/,
  /\bno (quiero|deseo) (\w+ ){0,2}(mas )?(mensajes|publicidad|spam|ofertas|correos)\b/,
  /\b(dejen|deje|deja|paren) de (escrib\w+|envi\w+|mand\w+|molest\w+)\b/,
  /\b(dar(me)?|denme|deme|quiero) (de )?(la )?baja\b/,
  // Italian
  /\b(non|smettete di|smettila di|smetta di) (\w+ )?(scriv\w+|mand\w+|invi\w+|contatt\w+)( \w+){0,2}( piu)?\b.*\b(piu|messaggi|pubblicita|spam)\b/,
  /\bnon voglio (piu )?(\w+ ){0,2}(messaggi|pubblicita|spam|offerte|mail)\b/,
  /\b(basta|niente) (con )?(\w+ )?(messaggi|pubblicita|spam|offerte)\b/,
  /\b(disiscriv\w+|cancellatemi|toglietemi|rimuovetemi)\b/,
  // Portuguese
  /\bnao (me )?(envie\w*|mande\w*|escreva\w*|contate\w*)( \w+)? mais\b/,
  /\b(pare|parem|parar) de (\w+ )?(enviar|mandar|escrever|me)\b/,
  /\bnao quero (\w+ )?(mais )?(mensagens|propaganda|spam|ofertas)\b/,
  // Polish, Turkish, Russian
  /\b(nie|przestancie|przestan) (\w+ )?(wysylac|wysylajcie|pisac|piszcie|dzwonic)\b/,
  /(mesaj|reklam|sms) (atma|gonderme|yollama)/,
  /не (пишите|присылаите|отправляите|звоните)|хватит (писать|слать|спамить)/, // folded: и for й
];

/** Somebody who calls names next to an opt-out word means it. */
export const insults: readonly RegExp[] = [
  /\b(spam\w*|idiots?|idioten|morons?|assholes?|bastards?|fuck\w*|bullshit|scammers?|crooks?)\b/,
  /\b(klootzak\w*|sukkels?|oplichters?|eikels?|flikker op|rot op)\b/,
  /\b(arschloch|arschlocher|idiot\w*|betruger|verpisst)\b/,
  /\b(connards?|cons|merde|escrocs?|putain)\b/,
  /\b(cabron\w*|mierda|puta|estafadores|idiotas)\b/,
  /\b(stronz\w+|cazzo|truffatori|caralho|merda|kurwa)\b/,
];

/** Words that ask to end *something*: without a word about being written to, nobody can tell what. */
export const endingWords: readonly RegExp[] = [
  /(^| )(stop(?! (by|over|at|in|off)( |$))|stopp|stoppen|stopt|stopped|stopping|cancel\w*)( |$)/,
  /(^| )(opzeggen|opzegging|annuleren|annuleer|afmelden|uitschrijven)( |$)/,
  /(^| )(kundig\w*|kuendig\w*|storn\w*|widerruf\w*|abmeld\w*|abbestell\w*)( |$)/,
  /(^| )(annuler|resili\w*|arret\w*|annulez)( |$)/,
  /(^| )(cancel\w*|anular|annulla\w*|disdire|disdetta|anuluj\w*|rezygn\w*|iptal)( |$)/,
  /(^| )(unsubscribe|opt out|opt-out)( |$)/,
  /^(fin de semana|non-stop|nonstop)$/,
  /(^| )(отмен\w*|скасув\w*)( |$)/,
];

/** What one may want to end without minding the messages. */
export const otherThings: readonly RegExp[] = [
  /\b(order\w*|appointment|booking|reservation|subscription|contract|delivery|flight|bus|meeting|payment)\b/,
  /\b(bestelling|afspraak|boeking|reservering|abonnement|contract|bezorging|les|vergadering|betaling|training)\b/,
  /\b(bestellung|termin|buchung|reservierung|abo|abonnement|vertrag|lieferung|zahlung|kurs)\b/,
  /\b(commande|rendez-vous|reservation|abonnement|contrat|livraison|paiement)\b/,
  /\b(pedido|cita|reserva|suscripcion|contrato|entrega|pago|ordine|appuntamento|prenotazione|abbonamento|contratto)\b/,
];
