import { findPart, type LazyPart, lazyPart, type Places, type Reading, type Span } from "./matching.ts";

/**
 * What makes a claim no claim: the sentence denies it, holds other people's words at a distance, or forbids it. Words of
 * all three languages stand together, since pages mix them.
 */

interface Negator {
  readonly part: LazyPart;
  /** So many words may stand between the negator and what it negates. */
  readonly reach: number;
}

const negators: readonly Negator[] = [
  {
    part: lazyPart(
      "never|not|don't|doesn't|didn't|won't|cannot|can't|mustn't|nooit|niet|nimmer|nie|niemals|nicht|weder|neither",
    ),
    reach: 5,
  },
  { part: lazyPart("no|none|geen|kein|keine|keinen|keiner|keinem|keines|keinerlei"), reach: 1 },
  { part: lazyPart("without|zonder|ohne"), reach: 0 },
  { part: lazyPart("nobody|no one|niemand"), reach: 3 },
  {
    part: lazyPart(
      "instead of|rather than|in plaats van|in tegenstelling tot|statt|anstatt|anstelle von|unlike|no longer|niet langer|niet meer|nicht mehr|nicht langer|" +
        "stop using|stop with|stoppen met|weg von|weg van|away from|without using|without having to|zonder gebruik van|ohne nutzung von|" +
        "forbid*|prohibit*|disallow*|verbied*|verbod*|verbiet*|untersag*|refuse to|weiger*|lehnen|ban on|banned for",
    ),
    reach: 4,
  },
];

/** They look like a denial and are none. */
const emphasis = lazyPart(
  "not only|not just|not even|not to mention|niet alleen|niet slechts|niet enkel|nicht nur|nicht bloß|nicht allein|" +
    "never again|nooit meer|nie wieder|nie mehr|no matter|no problem|geen probleem|kein problem|no limit*|geen limiet*|keine limit*|" +
    "don't worry|never worry|don't wait|don't miss|never miss|don't hesitate|never pay|never lose|" +
    "niet wachten|wacht niet|mis niet|nicht warten|nicht verpassen|nicht zögern|warum nicht|waarom niet|why not",
);

/** After a contrast a new statement begins. */
const contrast = lazyPart("but|maar|aber|sondern|however|echter|jedoch|yet|doch|although|hoewel|obwohl");

/** Said of the whole sentence, wherever it stands. */
const denials = lazyPart(
  "not offer*|not sell|not do|not support*|not provide*|not allow*|not permit*|not possible|not accept*|never offer*|never do|never sell|send nothing|nothing is sent|nothing goes|" +
    "is forbidden|are forbidden|is prohibited|are prohibited|prohibited by|forbidden by|is banned|are banned|we refuse|against ~ terms|against ~ rules|violat*|" +
    "niet toegestaan|niet mogelijk|niet aangeboden|bieden ~ niet aan|bieden wij ~ niet|doen wij niet|doen we niet|verkopen ~ niet|is verboden|zijn verboden|verboden door|mag niet|mogen niet|weigeren wij|in strijd met|versturen ~ niets|sturen ~ niets|gaat ~ niets|" +
    "nicht erlaubt|nicht möglich|nicht zulässig|nicht angeboten|bieten ~ nicht|machen wir nicht|tun wir nicht|verkaufen ~ nicht|ist verboten|sind verboten|ist untersagt|sind untersagt|verboten durch|unzulässig|lehnen wir ab|verstoßt gegen|verstößt gegen|verstoßen gegen|senden ~ nichts|versenden ~ nichts|geht ~ nichts|" +
    "is not so|is not true|is untrue|is niet waar|ist nicht wahr|" +
    "is illegal|are illegal|illegal to|unlawful|against the law|is illegaal|zijn illegaal|illegaal om|onwettig|strafbaar|ist illegal|sind illegal|rechtswidrig|gesetzwidrig|" +
    "no guarantee|guarantee no|cannot guarantee|can't guarantee|geen garantie|garanderen ~ geen|niet garanderen|keine garantie|garantieren ~ kein*|nicht garantieren|" +
    "send no message*|sturen ~ geen bericht*|versturen ~ geen bericht*|senden ~ keine nachricht*|versenden ~ keine nachricht*",
);

/** Warnings that need no quotation marks. */
const warnings = lazyPart(
  "beware of|watch out for|stay away from|steer clear of|be wary of|do not trust|don't trust|keep clear of|" +
    "pas op voor|kijk uit voor|wees op uw hoede voor|blijf weg van|trap niet in|hoed u voor|waarschuwen voor|waarschuwt voor|" +
    "vorsicht vor|vorsicht bei|finger weg von|hüten sie sich vor|warnen vor|warnt vor|lassen sie die finger von",
);

/** With quotation marks these show that the words are somebody else's. */
const distance = lazyPart(
  "avoid*|warn*|promis*|claim*|scam*|illegal*|dubious*|advertis*|so called|according to|say|says|said|wrote|writes|competitor*|others|provider*|vendor*|risk*|ban|banned|wrong|" +
    "vermijd*|waarschuw*|beloof*|beloven|belooft|beweert|beweren|oplicht*|illegaal|dubieuz*|adverteer*|zogenaamd*|volgens|zegt|zeggen|schreef|schrijft|concurrent*|anderen|aanbieder*|risico*|onjuist|" +
    "vermeid*|versprech*|verspricht|behaupt*|betrug|betrüger*|illegal*|unseriös*|wirbt|werben|sogenannt*|laut|sagt|sagen|schrieb|schreibt|wettbewerber*|konkurren*|andere|anbieter*|risiko*|falsch",
);

/** Terms of use forbid in the sentence itself or in what leads up to a list. */
const prohibitions = lazyPart(
  "may not|must not|shall not|not allowed|not permitted|prohibit*|forbid*|forbidden|unacceptable|disallow*|" +
    "mag niet|mogen niet|niet toegestaan|verboden|verbied*|ontoelaatbaar|" +
    "darf nicht|dürfen nicht|nicht erlaubt|nicht gestattet|verboten|verbiet*|untersagt|unzulässig*|untersag*",
);

/** A negation stands in or close before one of the parts, wherever that part stands, or the sentence holds a denial. */
export function isDenied(reading: Reading, places: Places): boolean {
  const claimed = new Set(places.flat().flatMap((span) => span.asked));
  const isClaimed = (span: Span): boolean => span.asked.some((word) => claimed.has(word));
  if (findPart(denials(), reading).some((span) => !span.asked.every((word) => claimed.has(word)))) return true;
  const emphatic = findPart(emphasis(), reading);
  const contrasts = findPart(contrast(), reading);
  const negating = negators.flatMap(({ part, reach }) =>
    findPart(part(), reading)
      .filter((span) => !isClaimed(span) && !overlapsAny(span, emphatic))
      .map((span) => ({ span, reach })),
  );
  if (negating.length === 0) return false;
  const isNegated = (place: Span): boolean =>
    negating.some(
      ({ span, reach }) =>
        (span.from > place.from && span.to < place.to) ||
        (span.to <= place.from &&
          place.from - span.to <= reach &&
          reading.clauses[span.to - 1] === reading.clauses[place.from] &&
          !contrasts.some((turn) => turn.from >= span.to && turn.to <= place.from)),
    );
  return places.some((spans) => spans.every(isNegated));
}

const noes: ReadonlySet<string> = new Set(["no", "nee", "nein", "never", "nooit", "nie", "niemals"]);

/** A question, and the sentence after it says no. */
export function isAnsweredNo(question: string, { words, clauses }: Reading): boolean {
  const isNo = noes.has(words[0] ?? "") && clauses[0] !== clauses[1]; // "No problem" is none
  return isNo && /\?["'”’»)]*$/.test(question);
}

function overlapsAny(span: Span, others: readonly Span[]): boolean {
  return others.some((other) => span.from < other.to && other.from < span.to);
}

export function isWarning(reading: Reading): boolean {
  return findPart(warnings(), reading).length > 0;
}

export function isAtDistance(reading: Reading): boolean {
  return findPart(distance(), reading).length > 0;
}

export function forbids(reading: Reading): boolean {
  return findPart(prohibitions(), reading).length > 0;
}
