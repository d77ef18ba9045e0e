/**
 * The independent verifier of evidence packs, written from FORMAT.md: one file, nothing imported, no code shared with
 * what makes packs. It runs in Node and in browsers. It reads the whole archive, trusts none of it, and says in words
 * what is proven, what is not, and what is wrong.
 */
export type VerifierLanguage = "en" | "nl" | "de";

export interface VerifyOptions {
  readonly language?: VerifierLanguage;
  /** A faster SHA-256 than the one below, if the runtime has one that answers at once. */
  readonly sha256?: (bytes: Uint8Array) => Uint8Array;
  /** Keys known from elsewhere: fingerprints in hex, `name+id+key` lines, or 32 bytes in base64. Others then fail. */
  readonly trustedKeys?: readonly string[];
}

export interface Verification {
  /** `incomplete`: nothing is wrong, but something that should have been checked could not be. */
  readonly result: "valid" | "invalid" | "incomplete";
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  readonly problems: readonly string[];
  /** What the pack says of itself, once its manifest could be read. */
  readonly facts: VerifiedFacts | null;
}

export interface VerifiedFacts {
  readonly origin: string;
  readonly purpose: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly termsBook: string | null;
  readonly scope: "whole" | "part";
  /** Leaves in the log at the checkpoint; entries in the pack; of these without contents. */
  readonly size: number;
  readonly entries: number;
  readonly erased: number;
  readonly withheld: number;
  readonly subjects: number;
  readonly anchors: number;
  /** SHA-256 of the key of the log, in hex, groups of four. */
  readonly fingerprint: string;
  readonly witnesses: readonly { readonly name: string; readonly at: string; readonly size: number }[];
}

// biome-ignore format: a table is read by column
const words = {
  zip: ["This is not an evidence pack, or it was changed: what stands at byte {0} cannot stand there.", "Dit is geen bewijspakket, of het is veranderd: wat bij byte {0} staat, kan daar niet staan.", "Dies ist kein Nachweispaket, oder es wurde verändert: was bei Byte {0} steht, kann dort nicht stehen."],
  manifest: ["manifest.json is not what its format asks: {0}.", "manifest.json is niet zoals het formaat vraagt: {0}.", "manifest.json ist nicht, wie das Format es verlangt: {0}."],
  note: ["manifest.note does not sign this manifest: something in the pack was changed after it was made.", "manifest.note ondertekent dit manifest niet: iets in het pakket is veranderd nadat het werd gemaakt.", "manifest.note unterzeichnet dieses Manifest nicht: im Paket wurde nach seiner Herstellung etwas geändert."],
  format: ["The pack has the format {0}, which this verifier does not know.", "Het pakket heeft het formaat {0}, dat deze controle niet kent.", "Das Paket hat das Format {0}, das diese Prüfung nicht kennt."],
  file: ["{0} was changed: its size or hash is not the one that was signed.", "{0} is veranderd: de grootte of hash is niet die welke ondertekend werd.", "{0} wurde verändert: Größe oder Hash ist nicht, was unterzeichnet wurde."],
  list: ["The files in the archive are not those in the manifest: {0}.", "De bestanden in het archief zijn niet die in het manifest: {0}.", "Die Dateien im Archiv sind nicht die im Manifest: {0}."],
  keys: ["keys.json is not what its format asks.", "keys.json is niet zoals het formaat vraagt.", "keys.json ist nicht, wie das Format es verlangt."],
  untrusted: ["{0} is signed with the key {1}, which is none of those you trust.", "{0} is ondertekend met de sleutel {1}, en die hoort niet bij de sleutels die u vertrouwt.", "{0} ist mit dem Schlüssel {1} unterzeichnet, der nicht zu denen gehört, denen Sie vertrauen."],
  checkpoint: ["{0} is not a checkpoint of this log with a good signature.", "{0} is geen controlepunt van dit logboek met een goede handtekening.", "{0} ist kein Kontrollpunkt dieses Protokolls mit einer gültigen Unterschrift."],
  cosign: ["{0}: the signature of witness {1} is wrong.", "{0}: de handtekening van getuige {1} klopt niet.", "{0}: die Unterschrift des Zeugen {1} ist falsch."],
  anchor: ["{0} contradicts the newest checkpoint: entries were changed or removed after it.", "{0} spreekt het nieuwste controlepunt tegen: nadien zijn regels veranderd of verwijderd.", "{0} widerspricht dem neuesten Kontrollpunkt: danach wurden Einträge geändert oder entfernt."],
  line: ["{0}, line {1}, is not what the format asks.", "{0}, regel {1}, is niet zoals het formaat vraagt.", "{0}, Zeile {1}, ist nicht, wie das Format es verlangt."],
  order: ["Entry {0} is not where it belongs: entries are missing, added or in another order.", "Post {0} staat niet waar hij hoort: er zijn posten weg, bij of verwisseld.", "Eintrag {0} steht nicht, wo er hingehört: Einträge fehlen, kamen hinzu oder wurden vertauscht."],
  inclusion: ["Entry {0} is not in the log as it is shown here.", "Post {0} staat niet zo in het logboek als hier getoond.", "Eintrag {0} steht nicht so im Protokoll, wie er hier gezeigt wird."],
  root: ["The entries are not those the checkpoint was signed over.", "De posten zijn niet die waarover het controlepunt werd ondertekend.", "Die Einträge sind nicht die, über die der Kontrollpunkt unterzeichnet wurde."],
  body: ["The contents of entry {0} are not those that were logged.", "De inhoud van post {0} is niet wat werd vastgelegd.", "Der Inhalt von Eintrag {0} ist nicht, was protokolliert wurde."],
  chain: ["Entry {0} does not follow on the entry before it about the same person: one is missing.", "Post {0} sluit niet aan op de vorige over dezelfde persoon: er ontbreekt er een.", "Eintrag {0} schließt nicht an den vorigen über dieselbe Person an: es fehlt einer."],
  head: ["The entries about {0} do not end where the manifest says.", "De posten over {0} eindigen niet waar het manifest zegt.", "Die Einträge über {0} enden nicht, wo das Manifest es sagt."],
  time: ["Entry {0} lies more than five minutes before an earlier one, and no jump of the clock is on record.", "Post {0} ligt meer dan vijf minuten voor een eerdere, en er is geen sprong van de klok vastgelegd.", "Eintrag {0} liegt mehr als fünf Minuten vor einem früheren, und kein Sprung der Uhr ist protokolliert."],
  more: ["And {0} more of this kind.", "En nog {0} van deze soort.", "Und {0} weitere dieser Art."],
  signed: ["The holder of the key {1} ({0}) issued this pack, and not a byte of it has changed since.", "De houder van de sleutel {1} ({0}) gaf dit pakket uit, en sindsdien is er geen byte aan veranderd.", "Der Inhaber des Schlüssels {1} ({0}) hat dieses Paket ausgestellt, und seither wurde kein Byte verändert."],
  trusted: ["Every key of the log that signed here is one you trust.", "Elke sleutel van het logboek die hier tekende, vertrouwt u.", "Jedem Schlüssel des Protokolls, der hier unterzeichnet hat, vertrauen Sie."],
  whole: ["These are all {0} entries of the log, in their order.", "Dit zijn alle {0} posten van het logboek, in hun volgorde.", "Dies sind alle {0} Einträge des Protokolls in ihrer Reihenfolge."],
  part: ["All {0} entries stand in the log of {1} entries, at the places shown.", "Alle {0} posten staan in het logboek van {1} posten, op de getoonde plaatsen.", "Alle {0} Einträge stehen im Protokoll von {1} Einträgen an den gezeigten Stellen."],
  bodies: ["The contents shown are, letter by letter, those that were logged (entries: {0}).", "De getoonde inhoud is letter voor letter wat werd vastgelegd (posten: {0}).", "Der gezeigte Inhalt ist Buchstabe für Buchstabe, was protokolliert wurde (Einträge: {0})."],
  chains: ["Of no person shown an entry is missing between the first and the last (persons: {0}).", "Van geen getoonde persoon ontbreekt een post tussen de eerste en de laatste (personen: {0}).", "Von keiner gezeigten Person fehlt ein Eintrag zwischen dem ersten und dem letzten (Personen: {0})."],
  anchors: ["Since the earlier checkpoints here ({0}), the oldest at {1} entries, the log has only grown.", "Sinds de eerdere controlepunten hier ({0}), het oudste bij {1} posten, is het logboek alleen gegroeid.", "Seit den früheren Kontrollpunkten hier ({0}), dem ältesten bei {1} Einträgen, ist das Protokoll nur gewachsen."],
  witness: ["The holder of the key of {0} ({3}) saw the log with {1} entries at {2} and found it only grown.", "De houder van de sleutel van {0} ({3}) zag het logboek met {1} posten op {2} en vond het alleen gegroeid.", "Der Inhaber des Schlüssels von {0} ({3}) sah das Protokoll mit {1} Einträgen am {2} und fand es nur gewachsen."],
  bound: ["Documents named by their hash in entries of the log: {0}. They existed when these were logged.", "Documenten die in posten van het logboek bij hun hash genoemd worden: {0}. Zij bestonden toen die werden vastgelegd.", "Dokumente, die Einträge des Protokolls mit ihrem Hash nennen: {0}. Es gab sie, als diese protokolliert wurden."],
  world: ["That what the entries say happened. Times are by the clock of whoever keeps the log; what was never logged is not missed here.", "Dat gebeurd is wat de posten zeggen. Tijden zijn volgens de klok van wie het logboek bijhoudt; wat nooit werd vastgelegd, wordt hier niet gemist.", "Dass geschehen ist, was die Einträge sagen. Zeiten stammen von der Uhr dessen, der das Protokoll führt; was nie protokolliert wurde, fehlt hier nicht."],
  webhook: ["That a platform sent the webhooks shown. They are authenticated with a secret the keeper of the log shares, which convinces the keeper and nobody else.", "Dat een platform de getoonde webhooks verzond. Zij zijn gewaarmerkt met een geheim dat de houder van het logboek deelt; dat overtuigt de houder en niemand anders.", "Dass eine Plattform die gezeigten Webhooks gesendet hat. Sie sind mit einem Geheimnis beglaubigt, das auch der Betreiber des Protokolls kennt; das überzeugt ihn und sonst niemanden."],
  key: ["Whose key it is. Compare this fingerprint with one you got by another way: {0}", "Van wie de sleutel is. Vergelijk deze vingerafdruk met een die u langs een andere weg kreeg: {0}", "Wessen Schlüssel es ist. Vergleichen Sie diesen Fingerabdruck mit einem, den Sie auf anderem Weg erhielten: {0}"],
  erased: ["What erased entries said ({0}): their contents were destroyed on request or at the end of their time. That they existed, of which kind and when, is proven.", "Wat gewiste posten zeiden ({0}): hun inhoud is vernietigd op verzoek of na afloop van de termijn. Dat zij bestonden, van welke soort en wanneer, is bewezen.", "Was gelöschte Einträge besagten ({0}): ihr Inhalt wurde auf Verlangen oder nach Ablauf der Frist vernichtet. Dass es sie gab, welcher Art und wann, ist bewiesen."],
  withheld: ["What withheld entries say ({0}): their contents were left out of this pack.", "Wat achtergehouden posten zeggen ({0}): hun inhoud is uit dit pakket gelaten.", "Was zurückgehaltene Einträge besagen ({0}): ihr Inhalt wurde in diesem Paket weggelassen."],
  later: ["That no later entry about the persons shown exists. The issuer signed that these are the last; only the whole log would show it.", "Dat er geen latere post over de getoonde personen bestaat. De uitgever ondertekende dat dit de laatste zijn; alleen het hele logboek zou het tonen.", "Dass es keinen späteren Eintrag über die gezeigten Personen gibt. Der Aussteller hat unterzeichnet, dass dies die letzten sind; nur das ganze Protokoll würde es zeigen."],
  rewrite: ["What happened to entries before a checkpoint first left the house: the holder of the key could rewrite entries {0} and later without a trace in this pack, unless you hold a checkpoint of your own.", "Wat met posten gebeurde voordat een controlepunt het huis verliet: de houder van de sleutel kon post {0} en latere herschrijven zonder spoor in dit pakket, tenzij u zelf een controlepunt hebt.", "Was mit Einträgen geschah, bevor ein Kontrollpunkt das Haus verließ: der Inhaber des Schlüssels könnte Eintrag {0} und spätere ohne Spur in diesem Paket umschreiben, es sei denn, Sie haben selbst einen Kontrollpunkt."],
  unbound: ["That attached files existed before the pack was made ({0}): {1}", "Dat bijgevoegde bestanden bestonden voordat het pakket werd gemaakt ({0}): {1}", "Dass es beigefügte Dateien vor dem Paket gab ({0}): {1}"],
  tokens: ["What {0} say: time stamps of others are not checked here.", "Wat {0} zeggen: tijdstempels van anderen worden hier niet nagegaan.", "Was {0} besagen: Zeitstempel Dritter werden hier nicht geprüft."],
  others: ["What signatures of keys unknown to the pack are worth ({0}).", "Wat handtekeningen van sleutels die het pakket niet kent waard zijn ({0}).", "Was Unterschriften von Schlüsseln, die das Paket nicht kennt, wert sind ({0})."],
  ed25519: ["Could not check: no signature, for this runtime has no Ed25519. Use a newer browser or Node.", "Niet na te gaan: geen enkele handtekening, want deze omgeving kent geen Ed25519. Gebruik een nieuwere browser of Node.", "Nicht prüfbar: keine Unterschrift, denn diese Umgebung kennt kein Ed25519. Nehmen Sie einen neueren Browser oder Node."],
} as const satisfies Record<string, readonly [en: string, nl: string, de: string]>;

type Word = keyof typeof words;
type Args = readonly (string | number)[];
type Files = ReadonlyMap<string, Uint8Array>;
type Signature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };
type Head = { size: number; root: Uint8Array; text: string; signatures: readonly Signature[] };
type Key = { name: string; type: number; publicKey: Uint8Array; fingerprint: string; id: string };

/** Thrown where nothing that follows could mean anything. */
class Stop extends Error {
  readonly word: Word;
  readonly args: Args;
  constructor(word: Word, ...args: Args) {
    super(word);
    this.word = word;
    this.args = args;
  }
}

/** Checks a pack. Never throws on account of the bytes; throws a `TypeError` for trusted keys that cannot be read. */
export async function verifyPack(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Verification> {
  const check = new Check(options);
  try {
    await check.pack(bytes);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    if (error.word === "format") check.couldNot(error.word, ...error.args);
    else check.problem(error.word, ...error.args);
  }
  return check.verification();
}

const clockSlackMs = 300_000;
const mostOfAKind = 10;
const ed25519 = 1;
const cosignature = 4;

class Check {
  readonly #sha256: (bytes: Uint8Array) => Uint8Array;
  readonly #language: number;
  readonly #trusted: ReadonlySet<string> | null;
  readonly #problems: { word: Word; text: string }[] = [];
  readonly #proven: string[] = [];
  readonly #notProven: string[] = [];
  readonly #signers = new Map<string, string>();
  readonly #strangers = new Set<string>();
  readonly #witnesses: { name: string; at: string; size: number }[] = [];
  #scratch: Uint8Array = new Uint8Array(1_024);
  #keys: readonly Key[] = [];
  #isComplete = true;
  #facts: VerifiedFacts | null = null;

  constructor(options: VerifyOptions) {
    this.#sha256 = options.sha256 ?? sha256;
    this.#language = { en: 0, nl: 1, de: 2 }[options.language ?? "en"];
    this.#trusted = options.trustedKeys ? new Set(options.trustedKeys.map((key) => this.#readTrusted(key))) : null;
  }

  problem(word: Word, ...args: Args): void {
    this.#problems.push({ word, text: this.#say(word, args) });
  }

  couldNot(word: Word, ...args: Args): void {
    if (this.#isComplete) this.#notProven.push(this.#say(word, args));
    this.#isComplete = false;
  }

  verification(): Verification {
    const problems: string[] = [];
    for (const [word, ofAKind] of Map.groupBy(this.#problems, (problem) => problem.word)) {
      problems.push(...ofAKind.slice(0, mostOfAKind).map((problem) => problem.text));
      if (ofAKind.length > mostOfAKind) problems.push(this.#say("more", [ofAKind.length - mostOfAKind, word]));
    }
    const result = problems.length > 0 ? "invalid" : this.#isComplete ? "valid" : "incomplete";
    // Where something is wrong, nothing is told as proven: a reader would take one line and leave the other.
    const proven = result === "invalid" ? [] : this.#proven;
    return { result, proven, notProven: this.#notProven, problems, facts: this.#facts };
  }

  async pack(bytes: Uint8Array): Promise<void> {
    const files = readZip(bytes);
    const manifestFile = fileOf(files, "manifest.json");
    const note = readNote(fileOf(files, "manifest.note"));
    const [, origin = "", hash] = manifestNote.exec(note?.text ?? "") ?? [];
    const [signature, second] = note?.signatures ?? [];
    if (!note || !signature || second || hash !== toBase64(this.#sha256(manifestFile))) throw new Stop("note");
    const manifest = readManifest(manifestFile, origin);
    this.#checkFiles(files, manifest);

    const current = this.#readKeys(fileOf(files, "keys.json"), origin);
    const { fingerprint } = current;
    const { purpose, madeAt, madeBy, termsBook, scope, entries, tree } = manifest;
    const told = { origin, purpose, madeAt, madeBy, termsBook, scope, entries, size: tree.size, fingerprint };
    this.#facts = { ...told, erased: 0, withheld: 0, subjects: 0, anchors: 0, witnesses: [] };

    const isCurrent = signature.name === current.name && signature.id === current.id;
    if (!isCurrent || (await this.#isSigned(current, note.text, signature.bytes)) === false) throw new Stop("note");
    this.#signedBy(current, "manifest.note");
    if (this.#isComplete) this.#prove("signed", origin, fingerprint);
    if (this.#isComplete && this.#trusted !== null) this.#prove("trusted");
    const newest = await this.#checkpoint(files, "checkpoint", origin);
    if (newest === null) throw new Stop("checkpoint", "checkpoint");
    if (newest.size !== tree.size || toBase64url(newest.root) !== tree.root) throw new Stop("manifest", "tree");

    const found = this.#checkEntries(files, manifest, newest);
    const sizes = await this.#checkAnchors(files, origin, newest);
    const { erased, withheld, subjects } = found;
    this.#facts = { ...told, erased, withheld, subjects, anchors: sizes.length, witnesses: this.#witnesses };
    this.#conclude(manifest, found.bound, this.#facts, sizes);
  }

  /** Every file but the two of the manifest is listed, in order, with the size and hash it has. */
  #checkFiles(files: Files, manifest: Manifest): void {
    const listed = ["manifest.json", "manifest.note", ...manifest.files.map((file) => file.path)];
    const there = [...files.keys()];
    const odd = listed.length < there.length ? there : listed;
    const at = odd.findIndex((_, index) => listed[index] !== there[index]);
    if (at !== -1) throw new Stop("list", odd[at] ?? "");
    const changed = manifest.files.filter(({ path, size, sha256: hash }) => {
      const bytes = fileOf(files, path);
      return bytes.length !== size || toBase64url(this.#sha256(bytes)) !== hash;
    });
    const last = changed.pop();
    for (const { path } of changed) this.problem("file", path);
    if (last !== undefined) throw new Stop("file", last.path);
  }

  /** Remembers all keys and gives the current one of the log. */
  #readKeys(bytes: Uint8Array, origin: string): Key {
    const keys = readJson(withoutNewline(bytes));
    if (!fits<{ log: string[]; witnesses: string[] }>(keys, { log: [isText], witnesses: [isText] }))
      throw new Stop("keys");
    const log = keys.log.map((line) => this.#readKey(line, ed25519));
    const [current] = log;
    if (current === undefined || log.some((key) => key.name !== origin)) throw new Stop("keys");
    this.#keys = [...log, ...keys.witnesses.map((line) => this.#readKey(line, cosignature))];
    return current;
  }

  /** A line `name+id+base64(type ‖ key)`; the id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key). */
  #readKey(line: string, type: number): Key {
    const [, name = "", id = "", encoded = ""] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(line) ?? [];
    const typed = fromBase64(encoded);
    if (typed?.length !== 33 || typed[0] !== type) throw new Stop("keys");
    if (toHex(this.#digest(utf8(`${name}\n`), typed)).slice(0, 8) !== id) throw new Stop("keys");
    const publicKey = typed.slice(1);
    return { name, type, publicKey, id, fingerprint: grouped(toHex(this.#sha256(publicKey))) };
  }

  #readTrusted(text: string): string {
    const digits = text.replace(/[\s:]/g, "").toLowerCase();
    if (/^[0-9a-f]{64}$/.test(digits)) return grouped(digits);
    const [, encoded = text.trim()] = /^[^+]+\+[0-9a-f]{8}\+(.+)$/.exec(text.trim()) ?? [];
    const bytes = fromBase64(encoded) ?? bytesOf(encoded, urlValues);
    const key = bytes?.length === 33 ? bytes.slice(1) : bytes;
    if (key?.length !== 32) throw new TypeError(`Not a key or a fingerprint: ${text}`);
    return grouped(toHex(this.#sha256(key)));
  }

  /** Ed25519 (RFC 8032). `null`: the runtime cannot tell. */
  async #isSigned(key: Key, message: string, signature: Uint8Array): Promise<boolean | null> {
    if (signature.length !== 64) return false;
    try {
      const { subtle } = globalThis.crypto;
      const imported = await subtle.importKey("raw", Uint8Array.from(key.publicKey), "Ed25519", false, ["verify"]);
      return await subtle.verify("Ed25519", imported, Uint8Array.from(signature), Uint8Array.from(utf8(message)));
    } catch (error) {
      if (error instanceof Error && error.name === "DataError") return false;
      this.couldNot("ed25519");
      return null;
    }
  }

  #signedBy(key: Key, path: string): void {
    this.#signers.set(key.fingerprint, key.name);
    if (this.#trusted?.has(key.fingerprint) === false) this.problem("untrusted", path, key.fingerprint);
  }

  /** A checkpoint with at least one good signature of the log and no bad one of any key the pack knows. */
  async #checkpoint(files: Files, path: string, origin: string): Promise<Head | null> {
    const head = readCheckpoint(fileOf(files, path), origin);
    let isSigned = false;
    for (const one of head?.signatures ?? []) {
      const key = this.#keys.find((known) => known.name === one.name && known.id === one.id);
      if (head === null || key === undefined) this.#strangers.add(`${one.name} ${one.id}`);
      else if (key.type === cosignature) await this.#checkCosignature(key, one.bytes, head, path);
      else if ((await this.#isSigned(key, head.text, one.bytes)) === false) return null;
      else {
        this.#signedBy(key, path);
        isSigned = true;
      }
    }
    return isSigned ? head : null;
  }

  async #checkCosignature(key: Key, bytes: Uint8Array, head: Head, path: string): Promise<void> {
    const seconds = bytes.length === 72 ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) : lastSecond;
    const message = `cosignature/v1\ntime ${seconds}\n${head.text}`;
    const isGood = seconds < lastSecond && (await this.#isSigned(key, message, bytes.subarray(8)));
    if (isGood === false) this.problem("cosign", path, key.name);
    if (isGood !== true) return;
    const at = new Date(Number(seconds) * 1000).toISOString();
    this.#witnesses.push({ name: key.name, at, size: head.size });
    this.#prove("witness", key.name, head.size, at, key.fingerprint);
  }

  /** Sizes of the earlier checkpoints, each of which the newest one continues. */
  async #checkAnchors(files: Files, origin: string, newest: Head): Promise<number[]> {
    const paths = [...files.keys()].filter((path) => /^anchors\/.*\.checkpoint$/.test(path));
    const lines = [...splitLines(fileOf(files, "consistency.jsonl"))];
    if (lines.length !== paths.length) throw new Stop("list", "consistency.jsonl");
    const sizes: number[] = [];
    for (const [index, path] of paths.entries()) {
      const line = readJson(lines[index]);
      if (!fits<{ anchor: string; proof: string[] }>(line, { anchor: isText, proof: [isHash] }) || line.anchor !== path)
        throw new Stop("line", "consistency.jsonl", index + 1);
      const head = await this.#checkpoint(files, path, origin);
      if (head === null) this.problem("checkpoint", path);
      else if (!this.#isConsistent(head, newest, hashesOf(line.proof))) this.problem("anchor", path);
      else sizes.push(head.size);
    }
    return sizes;
  }

  /** Leaves, contents and proofs, line by line beside each other. */
  #checkEntries(files: Files, manifest: Manifest, newest: Head): Found {
    const isWhole = manifest.scope === "whole";
    const bodies = splitLines(fileOf(files, "bodies.jsonl"));
    const proofs = isWhole ? null : splitLines(fileOf(files, "proofs.jsonl"));
    if (isWhole && files.has("proofs.jsonl")) throw new Stop("list", "proofs.jsonl");
    const found: Found = { erased: 0, withheld: 0, subjects: 0, bound: new Set() };
    const documents = new Set(manifest.files.map((file) => file.sha256));
    const heads = new Map<string, { entries: number; head: Uint8Array }>();
    const peaks: { hash: Uint8Array; size: number }[] = [];
    let [count, lastIndex, latestMs] = [0, -1, Number.NEGATIVE_INFINITY];
    for (const bytes of splitLines(fileOf(files, "leaves.jsonl"))) {
      count += 1;
      const leaf = readLeaf(bytes);
      if (leaf?.log !== manifest.origin) throw new Stop("line", "leaves.jsonl", count);
      const { index, at, type, subject, previous, commitment } = leaf;
      if (isWhole ? index !== lastIndex + 1 : index <= lastIndex) throw new Stop("order", index);
      lastIndex = index;
      const leafHash = this.#digest(zero, bytes.subarray(`{"index":${index},"leaf":`.length, -1));
      const atMs = Date.parse(at);
      if (atMs < latestMs - clockSlackMs && type !== "clock.anomaly") this.problem("time", index);
      latestMs = type === "clock.anomaly" ? atMs : Math.max(latestMs, atMs);
      if (subject !== undefined) {
        const known = heads.get(subject);
        const follows = previous === undefined ? known === undefined : same(bytes32(previous), known?.head ?? zero);
        if (!follows) this.problem("chain", index);
        heads.set(subject, { entries: (known?.entries ?? 0) + 1, head: leafHash });
      }
      if (!this.#checkBody(bodies.next().value, index, commitment, documents, found))
        throw new Stop("line", "bodies.jsonl", count);
      if (proofs === null) this.#pushPeak(peaks, leafHash);
      else if (!this.#checkProof(proofs.next().value, index, newest, leafHash))
        throw new Stop("line", "proofs.jsonl", count);
    }
    if (!bodies.next().done) throw new Stop("line", "bodies.jsonl", count + 1);
    if (proofs?.next().done === false) throw new Stop("line", "proofs.jsonl", count + 1);
    if (count !== manifest.entries || (isWhole && count !== newest.size)) throw new Stop("order", lastIndex);
    if (isWhole && !same(this.#rootOf(peaks), newest.root)) this.problem("root");
    this.#checkHeads(manifest, isWhole ? new Map() : heads);
    return { ...found, subjects: heads.size };
  }

  /** A whole log names no heads: its chains end where the log ends. */
  #checkHeads(manifest: Manifest, heads: ReadonlyMap<string, { entries: number; head: Uint8Array }>): void {
    if (manifest.subjects.length !== heads.size) throw new Stop("manifest", "subjects");
    for (const { subject, entries, head } of manifest.subjects) {
      const own = heads.get(subject);
      if (own?.entries !== entries || !same(own.head, bytes32(head))) this.problem("head", subject);
    }
  }

  /** `false` where the line is not well-formed; contents that are not those committed to are a problem of their own. */
  #checkBody(
    bytes: Uint8Array | undefined,
    index: number,
    commitment: string,
    documents: ReadonlySet<string>,
    found: Found,
  ): boolean {
    const line = readJson(bytes);
    if (fits<{ gone: "erased" | "withheld"; index: number }>(line, { gone: isGone, index: isCount })) {
      found[line.gone] += 1;
      return line.index === index;
    }
    if (
      bytes === undefined ||
      !fits<{ index: number; salt: string }>(line, { body: isFields, index: isCount, salt: isHash })
    )
      return false;
    const body = bytes.subarray('{"body":'.length, -`,"index":${index},"salt":"${line.salt}"}`.length);
    const salt = bytes32(line.salt);
    if (!same(this.#digest(bodyDomain, salt, body), bytes32(commitment))) this.problem("body", index);
    for (const [, hash = ""] of decode(body).matchAll(/"sha256":"([A-Za-z0-9_-]{43})"/g))
      if (documents.has(hash)) found.bound.add(hash);
    return line.index === index;
  }

  #checkProof(bytes: Uint8Array | undefined, index: number, newest: Head, leafHash: Uint8Array): boolean {
    const line = readJson(bytes);
    if (!fits<{ index: number; proof: string[] }>(line, { index: isCount, proof: [isHash] }) || line.index !== index)
      return false;
    const [root] = index < newest.size ? this.#climb(index, newest.size - 1, hashesOf(line.proof), [leafHash]) : [];
    if (root === undefined || !same(root, newest.root)) this.problem("inclusion", index);
    return true;
  }

  #conclude(manifest: Manifest, bound: ReadonlySet<string>, facts: VerifiedFacts, sizes: readonly number[]): void {
    const { entries, erased, withheld, subjects, size, scope } = facts;
    const paths = manifest.files.map((file) => file.path);
    const tokens = paths.filter((path) => /^anchors\/.*(?<!\.checkpoint)$/.test(path));
    const attached = manifest.files.filter(
      ({ path }) =>
        !/^(anchors\/.*|checkpoint|keys\.json|VERIFY\.md|(leaves|bodies|proofs|consistency)\.jsonl)$/.test(path),
    );
    const unbound = attached.filter((file) => !bound.has(file.sha256)).map((file) => file.path);
    const seen = Math.max(0, ...sizes, ...this.#witnesses.map((witness) => witness.size));
    const signers = [...this.#signers].map(([fingerprint, name]) => `${name}: ${fingerprint}`);
    const leave = (isLeft: boolean, word: Word, ...args: Args): unknown =>
      isLeft && this.#notProven.push(this.#say(word, args));
    this.#prove(scope, entries, size);
    if (entries > erased + withheld) this.#prove("bodies", entries - erased - withheld);
    if (subjects > 0) this.#prove("chains", subjects);
    if (sizes.length > 0) this.#prove("anchors", sizes.length, Math.min(...sizes));
    if (attached.length > unbound.length) this.#prove("bound", attached.length - unbound.length);
    leave(true, "world");
    leave(true, "webhook");
    leave(this.#trusted === null, "key", signers.join("; "));
    leave(erased > 0, "erased", erased);
    leave(withheld > 0, "withheld", withheld);
    leave(scope === "part" && subjects > 0, "later");
    leave(seen < size, "rewrite", seen);
    leave(unbound.length > 0, "unbound", unbound.length, unbound.slice(0, mostOfAKind).join(", "));
    leave(tokens.length > 0, "tokens", tokens.slice(0, mostOfAKind).join(", "));
    leave(this.#strangers.size > 0, "others", this.#strangers.size);
  }

  #prove(word: Word, ...args: Args): void {
    this.#proven.push(this.#say(word, args));
  }

  #say(word: Word, args: Args): string {
    const sentence: string = words[word][this.#language] ?? words[word][0];
    return sentence.replace(/\{(\d)\}/g, (_, place: string) => String(args[Number(place)] ?? ""));
  }

  #node(left: Uint8Array, right: Uint8Array): Uint8Array {
    return this.#digest(one, left, right);
  }

  /** SHA-256 of parts after each other, put together in one place: a log has millions of them. */
  #digest(...parts: readonly Uint8Array[]): Uint8Array {
    let size = 0;
    for (const part of parts) {
      if (size + part.length > this.#scratch.length)
        this.#scratch = join(this.#scratch, new Uint8Array(size + part.length));
      this.#scratch.set(part, size);
      size += part.length;
    }
    return this.#sha256(this.#scratch.subarray(0, size));
  }

  /** Adds a leaf to the perfect subtrees of which the tree so far consists, from left to right. */
  #pushPeak(peaks: { hash: Uint8Array; size: number }[], leafHash: Uint8Array): void {
    let [hash, size] = [leafHash, 1];
    for (let left = peaks.at(-1); left?.size === size; left = peaks.at(-1)) {
      peaks.pop();
      [hash, size] = [this.#node(left.hash, hash), size * 2];
    }
    peaks.push({ hash, size });
  }

  #rootOf(peaks: readonly { hash: Uint8Array }[]): Uint8Array {
    const hashes = peaks.map((peak) => peak.hash);
    return hashes.length === 0
      ? this.#sha256(new Uint8Array())
      : hashes.reduceRight((right, left) => this.#node(left, right));
  }

  /** RFC 9162 §2.1.4.2, with empty proofs where one of the trees is empty or both are the same. */
  #isConsistent(old: Head, newest: Head, proof: readonly Uint8Array[]): boolean {
    if (old.size === newest.size) return proof.length === 0 && same(old.root, newest.root);
    if (old.size === 0) return proof.length === 0 && same(old.root, this.#rootOf([]));
    let [node, last] = [old.size - 1, newest.size - 1];
    for (; node % 2 === 1; node = (node - 1) / 2) last = Math.floor(last / 2);
    const [first, ...rest] = node === 0 ? [old.root, ...proof] : proof;
    if (old.size > newest.size || first === undefined) return false;
    const [newRoot, oldRoot] = this.#climb(node, last, rest, [first, first]);
    return newRoot !== undefined && oldRoot !== undefined && same(newRoot, newest.root) && same(oldRoot, old.root);
  }

  /** Hashes upwards (RFC 9162 §2.1.3.2). The first hash takes in all siblings; a second one only those to its left. */
  #climb(
    index: number,
    lastIndex: number,
    proof: readonly Uint8Array[],
    hashes: readonly Uint8Array[],
  ): readonly Uint8Array[] {
    let [node, last, now] = [index, lastIndex, hashes];
    for (const sibling of proof) {
      if (last === 0) return [];
      if (node % 2 === 1 || node === last) {
        now = now.map((hash) => this.#node(sibling, hash));
        for (; node % 2 === 0 && node !== 0; node /= 2) last = Math.floor(last / 2);
      } else now = now.map((hash, place) => (place === 0 ? this.#node(hash, sibling) : hash));
      [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    }
    return last === 0 ? now : [];
  }
}

/** The files of the archive, in order. Headers follow from names and contents, so they are made anew and compared. */
function readZip(bytes: Uint8Array): Files {
  const files = new Map<string, Uint8Array>();
  const directory: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const expect = (wanted: Uint8Array, at: number): void => {
    const odd = wanted.findIndex((byte, index) => byte !== bytes[at + index]);
    if (odd !== -1) throw new Stop("zip", at + odd);
  };
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50) {
    const start = at + 30 + view.getUint16(at + 26, true);
    const end = start + view.getUint32(at + 18, true);
    if (end > bytes.length) throw new Stop("zip", at + 18);
    const name = bytes.slice(at + 30, start);
    const path = String.fromCharCode(...name.subarray(0, 201));
    if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(path) || path.length > 200 || files.has(path))
      throw new Stop("zip", at + 30);
    const contents = bytes.subarray(start, end);
    const size = [...u32(contents.length), ...u32(contents.length)];
    // From "version needed" to "length of the extra field": 2.0, no flags, stored, 1980-01-01 00:00.
    const common = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, ...u32(crc32(contents)), ...size, name.length, 0, 0, 0];
    expect(join(Uint8Array.from([...u32(0x04034b50), ...common]), name), at);
    directory.push(
      Uint8Array.from([...u32(0x02014b50), 20, 0, ...common, ...u32(0), ...u32(0), 0, 0, ...u32(at)]),
      name,
    );
    files.set(path, contents);
    at = end;
  }
  if (files.size > 65_534) throw new Stop("zip", at);
  const central = join(...directory);
  const count = u32(files.size).slice(0, 2);
  const end = Uint8Array.from([
    ...u32(0x06054b50),
    0,
    0,
    0,
    0,
    ...count,
    ...count,
    ...u32(central.length),
    ...u32(at),
    0,
    0,
  ]);
  expect(join(central, end), at);
  if (bytes.length !== at + central.length + end.length) throw new Stop("zip", at + central.length + end.length);
  return files;
}

/** Four bytes, the least significant first. */
function u32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function fileOf(files: Files, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Stop("list", path);
  return bytes;
}

/** A signed note (C2SP): text, an empty line, signature lines; no control characters. `null` for anything else. */
function readNote(bytes: Uint8Array): { text: string; signatures: Signature[] } | null {
  const note = decode(bytes);
  const boundary = note.lastIndexOf("\n\n");
  if (boundary < 1 || !note.endsWith("\n") || /[^\P{Cc}\n\u007f-\u009f]/u.test(note)) return null;
  const signatures: Signature[] = [];
  for (const line of note.slice(boundary + 2, -1).split("\n")) {
    const [, name, encoded = ""] = /^— ([!-*,-~]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
    const signed = fromBase64(encoded);
    if (name === undefined || signed === null || signed.length < 5 || signatures.length === 64) return null;
    signatures.push({ name, id: toHex(signed.slice(0, 4)), bytes: signed.slice(4) });
  }
  return { text: note.slice(0, boundary + 1), signatures };
}

function readCheckpoint(bytes: Uint8Array, origin: string): Head | null {
  const note = readNote(bytes);
  const [name, size = "", encoded = "", end, ...others] = note?.text.split("\n") ?? [];
  const root = fromBase64(encoded);
  const isFormed = name === origin && /^(0|[1-9]\d{0,15})$/.test(size) && isCount(Number(size));
  if (note === null || root?.length !== 32 || !isFormed || end !== "" || others.length > 0) return null;
  return { ...note, size: Number(size), root };
}

function readManifest(bytes: Uint8Array, origin: string): Manifest {
  const value = readJson(withoutNewline(bytes));
  if (!isFields(value)) throw new Stop("manifest", "JSON");
  if (isText(value.format) && value.format !== "loket-evidence-pack/1") throw new Stop("format", value.format);
  if (!fits<Manifest>(value, manifestShape)) throw new Stop("manifest", "fields");
  if (value.origin !== origin) throw new Stop("manifest", "origin");
  const isSorted = (texts: readonly string[]): boolean =>
    texts.every((text, at) => at === 0 || (texts[at - 1] ?? "") < text);
  if (!isSorted(value.files.map((file) => file.path))) throw new Stop("manifest", "files");
  if (!isSorted(value.subjects.map((one) => one.subject))) throw new Stop("manifest", "subjects");
  return value;
}

/** A line of leaves.jsonl. Nothing in a leaf needs an escape, so a pattern tells its canonical form, and fast. */
function readLeaf(bytes: Uint8Array) {
  const [, digits = "", at = "", commitment = "", log, previous, subject, type] = leafPattern.exec(decode(bytes)) ?? [];
  const index = Number(digits);
  if (!isCount(index) || !isTime(at) || (subject === undefined && previous !== undefined)) return null;
  return { index, at, commitment, log, previous, subject, type };
}

/** The value, where the bytes are its canonical form (RFC 8785, integers only); `undefined` otherwise. */
function readJson(bytes: Uint8Array | undefined): unknown {
  try {
    const text = decode(bytes ?? zero);
    const value: unknown = JSON.parse(text);
    return canonical(value, 0) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function canonical(value: unknown, depth: number): string {
  if (typeof value === "string" && value.isWellFormed()) return JSON.stringify(value);
  if (value === null || typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "object" || depth >= 64) throw new TypeError("Not canonical");
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  const fields: Fields = { ...value };
  const parts = Object.keys(fields)
    .sort()
    .map((name) => `${canonical(name, 0)}:${canonical(fields[name], depth + 1)}`);
  return `{${parts.join()}}`;
}

/** What a value has to be: what a function says, a list of such, or an object with exactly these fields. */
type Shape = ((value: unknown) => boolean) | readonly [Shape] | { readonly [name: string]: Shape };
type Fields = { readonly [name: string]: unknown };

function fits<Value>(value: unknown, shape: Shape): value is Value {
  if (typeof shape === "function") return shape(value);
  if (isList(shape)) return Array.isArray(value) && value.every((item) => fits(item, shape[0]));
  const names = Object.keys(shape);
  if (!isFields(value) || Object.keys(value).length !== names.length) return false;
  return names.every((name) => Object.hasOwn(value, name) && fits(value[name], shape[name] ?? isText));
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
/** 32 and 16 bytes in base64url, whose last letter has bits to spare that are zero. */
const hash = "[\\w-]{42}[AEIMQUYcgkosw048]";
const handle = "[\\w-]{21}[AQgw]";
const hashPattern = new RegExp(`^${hash}$`);
const handlePattern = new RegExp(`^${handle}$`);
const isHash = (value: unknown): boolean => isText(value) && hashPattern.test(value);
const isHandle = (value: unknown): boolean => isText(value) && handlePattern.test(value);
const isGone = (value: unknown): boolean => value === "erased" || value === "withheld";
const orNull = (shape: Shape) => (value: unknown) => value === null || fits(value, shape);

function isTime(value: unknown): boolean {
  if (!isText(value) || !/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value;
}

type Found = { erased: number; withheld: number; subjects: number; readonly bound: Set<string> };
type Manifest = Pick<VerifiedFacts, "origin" | "purpose" | "madeAt" | "madeBy" | "termsBook" | "scope" | "entries"> & {
  tree: { size: number; root: string };
  subjects: { subject: string; entries: number; head: string }[];
  files: { path: string; size: number; sha256: string }[];
};

const manifestShape: Shape = {
  format: isText,
  origin: isText,
  purpose: isText,
  madeAt: isTime,
  madeBy: isText,
  termsBook: orNull(isText),
  entries: isCount,
  period: orNull({ from: isTime, to: isTime }),
  scope: (value) => value === "whole" || value === "part",
  tree: { size: isCount, root: isHash },
  subjects: [{ subject: isHandle, entries: isCount, head: isHash }],
  files: [{ path: isText, size: isCount, sha256: isHash }],
};
const leafPattern = new RegExp(
  [
    '^\\{"index":(0|[1-9]\\d{0,15}),"leaf":\\{"at":"([^"]{24})"',
    `"commitment":"(${hash})","log":"([\\w.~:/@-]{1,200})","previous":(?:null|"(${hash})")`,
    `"refs":\\[(?:"${hash}"(?:,"${hash}"){0,63})?\\],"subject":(?:null|"(${handle})")`,
    '"type":"([a-z]+\\.[a-z]+)","v":1\\}\\}$',
  ].join(),
);
const manifestNote = /^loket-evidence-pack\/v1\norigin ([\w.~:/@-]{1,200})\nmanifest ([A-Za-z0-9+/]{43}=)\n$/;
const bodyDomain = utf8("loket:evidence:body:v1");
const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);
/** RFC 3339 ends with the year 9999. */
const lastSecond = 253_402_300_800n;

/** Every line without its newline; a last line that has none comes out as one that no check lets through. */
function* splitLines(bytes: Uint8Array): Generator<Uint8Array, undefined> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    yield end === -1 ? zero : bytes.subarray(from, end);
    from = end === -1 ? bytes.length : end + 1;
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Text of UTF-8 bytes; where they are none, a text no check lets through. */
function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return "\u0000";
  }
}

function withoutNewline(bytes: Uint8Array): Uint8Array {
  return bytes.at(-1) === 10 ? bytes.subarray(0, -1) : zero;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function same(first: Uint8Array, second: Uint8Array): boolean {
  for (let index = 0; index < first.length; index++) if (first[index] !== second[index]) return false;
  return first.length === second.length;
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const grouped = (hex: string): string => (hex.match(/.{4}/g) ?? []).join(" ");
const toBase64 = (bytes: Uint8Array): string => lettersOf(bytes, plain).padEnd(Math.ceil(bytes.length / 3) * 4, "=");
const toBase64url = (bytes: Uint8Array): string => lettersOf(bytes, url);
const hashesOf = (texts: readonly string[]): Uint8Array[] => texts.map(bytes32);

/** The bytes, where the text is their one spelling: padded, unused bits zero. */
function fromBase64(text: string): Uint8Array | null {
  const end = text.endsWith("==") ? -2 : text.endsWith("=") ? -1 : text.length;
  return text.length % 4 === 0 ? bytesOf(text.slice(0, end), plainValues) : null;
}

/** For text that was found to be 32 bytes in base64url. */
function bytes32(text: string): Uint8Array {
  return bytesOf(text, urlValues) ?? zero;
}

function bytesOf(letters: string, values: Int8Array): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (let index = 0; index < letters.length; index++) {
    const value = values[letters.charCodeAt(index)] ?? -1;
    if (value < 0) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  return bits < 6 && held === 0 ? bytes : null;
}

function lettersOf(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let place = 0; place <= Math.min(3, bytes.length - at); place++)
      text += alphabet[(three >> (18 - 6 * place)) & 63];
  }
  return text;
}

/** CRC-32 of ZIP (polynomial 0xEDB88320, reflected), four bytes at a time. */
function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const table = (which: number, byte: number): number => crcTables[which * 256 + (byte & 255)] ?? 0;
  let sum = -1;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    sum ^= view.getInt32(at, true);
    sum = table(3, sum) ^ table(2, sum >>> 8) ^ table(1, sum >>> 16) ^ table(0, sum >>> 24);
  }
  for (; at < bytes.length; at++) sum = (sum >>> 8) ^ table(0, sum ^ view.getUint8(at));
  return (sum ^ -1) >>> 0;
}

const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const url = plain.replace("+/", "-_");
const plainValues = Int8Array.from({ length: 128 }, (_, code) => plain.indexOf(String.fromCharCode(code)));
const urlValues = Int8Array.from({ length: 128 }, (_, code) => url.indexOf(String.fromCharCode(code)));
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** What a byte does to the sum, and what it does when one, two or three bytes follow. */
const crcTables = new Int32Array(1_024);
for (let place = 0; place < 1_024; place++) {
  let sum = place < 256 ? place : (crcTables[place - 256] ?? 0);
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  crcTables[place] = sum;
}

/** Fractional parts of the roots of the first 64 primes are the constants of SHA-256 (FIPS 180-4 §4.2.2, §5.3.3). */
const isPrime = (number: number): boolean =>
  number > 1 && !Array.from({ length: number }, (_, by) => by).some((by) => by > 1 && number % by === 0);
const primes = Array.from({ length: 312 }, (_, number) => number).filter(isPrime);
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x1_0000_0000) | 0;
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const w = new Int32Array(64);

/** SHA-256 (FIPS 180-4 §6.2). */
function sha256(bytes: Uint8Array): Uint8Array {
  const state = start.slice();
  const at = (place: number): number => state[place] ?? 0;
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  const view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(block + t * 4);
    for (let t = 16; t < 64; t++) {
      const early = w[t - 15] ?? 0;
      const late = w[t - 2] ?? 0;
      const added =
        (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
      w[t] = (w[t - 16] ?? 0) + (w[t - 7] ?? 0) + added;
    }
    let [a, b, c, d, e, f, g, h] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
    for (let t = 0; t < 64; t++) {
      const chosen =
        (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + h + (rounds[t] ?? 0) + (w[t] ?? 0);
      const voted = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + chosen) | 0;
      d = c;
      c = b;
      b = a;
      a = (chosen + voted) | 0;
    }
    state.set([at(0) + a, at(1) + b, at(2) + c, at(3) + d, at(4) + e, at(5) + f, at(6) + g, at(7) + h]);
  }
  for (let place = 0; place < 8; place++) view.setInt32(place * 4, at(place));
  return padded.slice(0, 32);
}
