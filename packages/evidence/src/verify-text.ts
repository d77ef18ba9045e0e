import { fingerprintOf } from "./note.ts";

/** VERIFY.md of a pack: how somebody who never heard of us checks it. */
export function howToVerify(origin: string, publicKey: Uint8Array): string {
  return `# ${origin}

Fingerprint / vingerafdruk / Fingerabdruck:

    ${fingerprintOf(publicKey)}

**English.** This archive holds entries of a log that can only grow. Anyone can check it without us: with the page
verify.html (open it in a browser and choose this file; nothing is sent anywhere), with verify.py (Python 3, nothing to
install) or with a program of your own written from FORMAT.md. Compare the fingerprint with one you were given earlier
and by another way; the archive itself cannot vouch for it. The programs also say what they cannot prove.

**Nederlands.** Dit archief bevat regels uit een logboek dat alleen kan groeien. Iedereen kan het zonder ons nagaan: met
de pagina verify.html (open haar in een browser en kies dit bestand; er wordt niets verstuurd), met verify.py (Python 3,
niets te installeren) of met een eigen programma volgens FORMAT.md. Vergelijk de vingerafdruk met een die u eerder en
langs een andere weg kreeg; het archief kan daar zelf niet voor instaan. De programma's zeggen ook wat zij niet bewijzen.

**Deutsch.** Dieses Archiv enthält Einträge eines Protokolls, das nur wachsen kann. Jeder kann es ohne uns prüfen: mit
der Seite verify.html (im Browser öffnen und diese Datei wählen; es wird nichts übertragen), mit verify.py (Python 3,
nichts zu installieren) oder mit einem eigenen Programm nach FORMAT.md. Vergleichen Sie den Fingerabdruck mit einem, den
Sie früher und auf anderem Weg erhalten haben; das Archiv selbst kann nicht dafür bürgen. Die Programme sagen auch, was
sie nicht beweisen.
`;
}
