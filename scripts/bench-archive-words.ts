/**
 * Words of an archive: what people and shops write to each other in Dutch, German and English. Compounds, which Dutch and
 * German make without end, give the index a vocabulary of the size a real one has.
 */
interface Language {
  readonly frames: readonly string[];
  readonly heads: readonly string[];
  readonly tails: readonly string[];
  readonly names: readonly string[];
}

const split = (text: string): readonly string[] => text.trim().split(/\s*[,\n]\s*/);

export const languages: Readonly<Record<"nl" | "de" | "en", Language>> = {
  nl: {
    frames: split(`
      goedemorgen ik heb een vraag over mijn _, kunt u mij zeggen wanneer de _ komt, bedankt voor uw bericht de _ is onderweg
      wij hebben uw _ ontvangen en kijken er vandaag naar, helaas is de _ niet meer op voorraad, is het mogelijk om de _ te wijzigen
      dank u wel dat was het, de _ is vanmiddag klaar en u kunt hem ophalen, mag ik de _ ook morgen brengen, ik wil graag de _ annuleren
      tot hoe laat zijn jullie open, prima dan zie ik u zaterdag bij de _, hoeveel kost de _ voor vier personen, de _ was kapot toen ik hem uitpakte
      ja graag, nee hoor dat hoeft niet, ik stuur zo een foto van de _, zou u mij kunnen bellen over de _`),
    heads: split(
      "bestel,lever,bezorg,afhaal,verjaardags,kerst,paas,brood,taart,koffie,boeken,fiets,tuin,woon,keuken,kinder,zomer,winter,school,muziek,concert,kaart,klanten,factuur,betaal,retour,pakket,post,garantie,reparatie,onderhouds,afspraak,reserverings,cadeau,bloemen,wijn,kaas,groente,fruit,vlees",
    ),
    tails: split(
      "nummer,datum,tijd,doos,bon,kaart,pas,adres,service,dienst,kosten,lijst,tas,winkel,punt,moment,bericht,bevestiging,termijn,code,pakket,set,avond,middag,week,actie,korting,vraag,klacht,afdeling",
    ),
    names: split(
      "Sanne,Daan,Fatima,Bram,Eva,Lotte,Youssef,Noor,Thijs,Maud,Jansen,de Vries,Bakker,Visser,van Dijk,Smit,Meijer,El Amrani,Mulder,Bos",
    ),
  },
  de: {
    frames: split(`
      guten Tag ich habe eine Frage zu meiner _, wann kommt die _ bei mir an, vielen Dank für Ihre Nachricht die _ ist unterwegs
      wir haben Ihre _ erhalten und sehen sie uns heute an, leider ist die _ nicht mehr lieferbar, kann ich die _ noch ändern
      danke das war alles, die _ liegt ab heute Nachmittag bereit, darf ich die _ auch morgen bringen, ich möchte die _ stornieren
      wie lange haben Sie geöffnet, gut dann bis Samstag bei der _, was kostet die _ für vier Personen, die _ war beim Auspacken beschädigt
      ja gerne, nein das ist nicht nötig, ich schicke gleich ein Foto der _, könnten Sie mich wegen der _ zurückrufen`),
    heads: split(
      "Bestell,Liefer,Abhol,Geburtstags,Weihnachts,Oster,Brot,Torten,Kaffee,Bücher,Fahrrad,Garten,Wohn,Küchen,Kinder,Sommer,Winter,Schul,Musik,Konzert,Karten,Kunden,Rechnungs,Zahlungs,Rückgabe,Paket,Post,Garantie,Reparatur,Wartungs,Termin,Reservierungs,Geschenk,Blumen,Wein,Käse,Gemüse,Obst,Fleisch,Radio",
    ),
    tails: split(
      "nummer,datum,zeit,kiste,beleg,karte,ausweis,adresse,service,dienst,kosten,liste,tasche,laden,stelle,moment,nachricht,bestätigung,frist,code,paket,set,abend,mittag,woche,aktion,rabatt,frage,beschwerde,abteilung",
    ),
    names: split(
      "Miriam,Tobias,Clara,Jonas,Lena,Felix,Ayşe,Paul,Greta,Emil,Müller,Schmidt,Schneider,Fischer,Weber,Wagner,Becker,Yılmaz,Hoffmann,Koch",
    ),
  },
  en: {
    frames: split(`
      good morning I have a question about my _, could you tell me when the _ arrives, thank you for your message the _ is on its way
      we have received your _ and will look at it today, I am afraid the _ is out of stock, is it possible to change the _
      thanks that was all, the _ will be ready this afternoon, may I bring the _ tomorrow instead, I would like to cancel the _
      how late are you open, fine see you on Saturday at the _, how much is the _ for four people, the _ was broken when I opened it
      yes please, no that is not needed, I am sending a photo of the _ now, could you call me about the _`),
    heads: split(
      "order,delivery,pickup,birthday,christmas,easter,bread,cake,coffee,book,bike,garden,living,kitchen,children,summer,winter,school,music,concert,ticket,customer,invoice,payment,return,parcel,post,warranty,repair,service,appointment,booking,gift,flower,wine,cheese,vegetable,fruit,meat,radio",
    ),
    tails: split(
      "number,date,time,box,receipt,card,pass,address,desk,team,costs,list,bag,shop,point,moment,note,confirmation,term,code,package,set,evening,noon,week,offer,discount,question,complaint,department",
    ),
    names: split(
      "Emma,Jack,Olivia,Harry,Amelia,George,Isla,Noah,Priya,Leo,Smith,Jones,Taylor,Brown,Williams,Patel,Evans,Walker,Green,Hall",
    ),
  },
};

/** Every compound of a language: 1,200 words, of which the first are used most. */
export const compoundsOf = ({ heads, tails }: Language): readonly string[] =>
  heads.flatMap((head) => tails.map((tail) => `${head}${tail}`));
