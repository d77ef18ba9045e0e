import type { Locale } from "@loket/contract";
import type { SignedCheckpoint } from "@loket/evidence/ledger";
import { toIso } from "@loket/kit";

interface Enclosed {
  readonly organisation: string;
  readonly fingerprint: string;
  readonly checkpoint: SignedCheckpoint;
  readonly verifyUrl: string;
}

/** The daily letter to an owner: the checkpoint, why to keep it, and how to use it. Plain text. */
export function checkpointLetter(locale: string, enclosed: Enclosed): { subject: string; text: string } {
  const language: Locale = locale === "nl" || locale === "de" ? locale : "en";
  const day = toIso(enclosed.checkpoint.at).slice(0, 10);
  const { subject, text } = letters[language]({ ...enclosed, day });
  return { subject, text: `${text.trim()}\n` };
}

const letters: Readonly<Record<Locale, (of: Enclosed & { day: string }) => { subject: string; text: string }>> = {
  en: ({ organisation, fingerprint, checkpoint, verifyUrl, day }) => ({
    subject: `Evidence checkpoint of ${organisation}, ${day}`,
    text: `
This is the seal of what ${organisation} has on record in Loket: ${checkpoint.size} entries.
Keep this mail. From now on nobody can change one of these entries unnoticed, not even whoever runs the server.

Checkpoint:

${checkpoint.note}
Fingerprint of the key that signed it:

    ${fingerprint}

How to use it. When somebody hands you an evidence pack made later, check it at ${verifyUrl}
and enter the fingerprint above. In the pack, anchors/mail-${checkpoint.size}.checkpoint must begin with the same three lines
as the checkpoint here. If it is missing from an old log, or differs, the log was replaced.
`,
  }),
  nl: ({ organisation, fingerprint, checkpoint, verifyUrl, day }) => ({
    subject: `Controlepunt van het bewijs van ${organisation}, ${day}`,
    text: `
Dit is het zegel op wat ${organisation} in Loket heeft vastgelegd: ${checkpoint.size} regels.
Bewaar deze mail. Vanaf nu kan niemand een van deze regels ongemerkt veranderen, ook niet wie de server beheert.

Controlepunt:

${checkpoint.note}
Vingerafdruk van de sleutel die het ondertekende:

    ${fingerprint}

Hoe je het gebruikt. Krijg je later een bewijspakket, ga het dan na op ${verifyUrl}
en vul de vingerafdruk hierboven in. In het pakket moet anchors/mail-${checkpoint.size}.checkpoint met dezelfde drie regels
beginnen als het controlepunt hier. Ontbreekt het of is het anders, dan is het logboek vervangen.
`,
  }),
  de: ({ organisation, fingerprint, checkpoint, verifyUrl, day }) => ({
    subject: `Kontrollpunkt der Nachweise von ${organisation}, ${day}`,
    text: `
Dies ist das Siegel auf dem, was ${organisation} in Loket aufgezeichnet hat: ${checkpoint.size} Einträge.
Bewahren Sie diese E-Mail auf. Von nun an kann niemand einen dieser Einträge unbemerkt ändern, auch nicht der Betreiber des Servers.

Kontrollpunkt:

${checkpoint.note}
Fingerabdruck des Schlüssels, der ihn unterzeichnet hat:

    ${fingerprint}

So nutzen Sie ihn. Erhalten Sie später ein Nachweispaket, prüfen Sie es unter ${verifyUrl}
und geben Sie den Fingerabdruck von oben ein. Im Paket muss anchors/mail-${checkpoint.size}.checkpoint mit denselben drei
Zeilen beginnen wie der Kontrollpunkt hier. Fehlt er oder weicht er ab, wurde das Protokoll ersetzt.
`,
  }),
};
