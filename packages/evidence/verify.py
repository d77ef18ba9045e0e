#!/usr/bin/env python3
"""A second verifier of evidence packs, written from FORMAT.md alone. Python 3.8 or later, standard library only.

    python3 verify.py FILE [--key FINGERPRINT]... [--json] [FILE...]

Exit code of the worst file: 0 valid, 2 incomplete, 1 invalid. With --json one object per line, per file.

Ed25519 is done here with Python's integers (RFC 8032): slow, a few milliseconds per signature, and not in constant time,
which matters to those who sign and not to those who verify. Section numbers in comments are those of FORMAT.md.
"""

import base64
import hashlib
import json
import re
import sys
import zlib
from datetime import datetime, timezone


class Invalid(Exception):
    """Something is wrong; says what."""


class Incomplete(Exception):
    """Nothing was found wrong, and not everything could be checked."""


def require(condition, what):
    if not condition:
        raise Invalid(what)


def sha256(data):
    return hashlib.sha256(data).digest()


# --- 1. Building blocks


def from_base64(text, url=False):
    """Bytes of their one spelling, or None."""
    try:
        raw = text.encode("ascii")
        if url:
            data = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
            again = base64.urlsafe_b64encode(data).rstrip(b"=")
        else:
            data = base64.b64decode(raw, validate=True)
            again = base64.b64encode(data)
        return data if again == raw else None
    except ValueError:
        return None


def bytes_of(text, size):
    data = from_base64(text, url=True) if isinstance(text, str) else None
    return data if data is not None and len(data) == size else None


def is_hash(value):
    return bytes_of(value, 32) is not None


def is_count(value):
    return type(value) is int and 0 <= value < 2**53


def is_time(value):
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", value):
        return False
    try:
        milliseconds(value)
        return True
    except ValueError:
        return False


def milliseconds(time):
    moment = datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


ESCAPES = {0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
ESCAPED = {code: ESCAPES.get(code, "\\u%04x" % code) for code in [*range(0x20), 0x22, 0x5C]}


def canonical(value, depth=0):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is int:
        require(abs(value) < 2**53, "an integer too large")
        return str(value)
    if isinstance(value, str):
        value.encode("utf-8")  # raises for half a character
        return '"' + value.translate(ESCAPED) + '"'
    require(depth < 64, "JSON nested too deep")
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(canonical(name) + ":" + canonical(value[name], depth + 1) for name in names) + "}"


def refuse(_):
    raise ValueError("not an integer")


def read_json(data, where):
    """The value whose canonical form the bytes are."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_float=refuse, parse_constant=refuse)
        require(canonical(value) == text, where + ": not canonical")
        return value
    except (ValueError, RecursionError, TypeError):
        raise Invalid(where + ": not canonical JSON") from None


def has(value, *names):
    return isinstance(value, dict) and set(value) == set(names)


def lines_of(data, where):
    if data == b"":
        return []
    require(data.endswith(b"\n"), where + ": the last line does not end")
    return data[:-1].split(b"\n")


ORIGIN = r"[A-Za-z0-9_.~:/@-]{1,200}"

# Ed25519, RFC 8032 section 5.1, in extended coordinates
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    total = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def base_point():
    return decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


BASE = base_point()


def is_signed(public_key, message, signature):
    if len(signature) != 64:
        return False
    key, point = decompress(public_key), decompress(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or point is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    left, right = multiply(scalar, BASE), add(point, multiply(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# The Merkle tree, RFC 9162 section 2.1


def node(left, right):
    return sha256(b"\x01" + left + right)


def climb(index, last, proof, hashes):
    """Hashes upwards; the first of hashes takes every sibling, a second one those to its left."""
    for sibling in proof:
        if last == 0:
            return None
        if index & 1 or index == last:
            hashes = [node(sibling, item) for item in hashes]
            while index & 1 == 0 and index != 0:
                index, last = index >> 1, last >> 1
        else:
            hashes = [node(hashes[0], sibling)] + hashes[1:]
        index, last = index >> 1, last >> 1
    return hashes if last == 0 else None


def is_included(index, size, leaf_hash, proof, root):
    return index < size and climb(index, size - 1, proof, [leaf_hash]) == [root]


def is_consistent(old_size, new_size, old_root, new_root, proof):
    if old_size == new_size:
        return proof == [] and old_root == new_root
    if old_size == 0:
        return proof == [] and old_root == sha256(b"")
    if old_size > new_size:
        return False
    index, last = old_size - 1, new_size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    path = [old_root] + proof if index == 0 else proof
    return path != [] and climb(index, last, path[1:], [path[0], path[0]]) == [new_root, old_root]


def root_of(leaf_hashes):
    peaks = []
    for item in leaf_hashes:
        size = 1
        while peaks and peaks[-1][1] == size:
            item, size = node(peaks.pop()[0], item), size * 2
        peaks.append((item, size))
    if not peaks:
        return sha256(b"")
    root = peaks.pop()[0]
    while peaks:
        root = node(peaks.pop()[0], root)
    return root


# --- 3. Notes, keys, checkpoints


def read_note(data, where):
    """Text and signatures (name, id, bytes)."""
    try:
        note = data.decode("utf-8")
    except ValueError:
        raise Invalid(where + ": not UTF-8") from None
    require(not any(ord(letter) < 32 and letter != "\n" for letter in note), where + ": control characters")
    at = note.rfind("\n\n")
    require(at >= 1 and note.endswith("\n"), where + ": not a signed note")
    signatures = []
    for line in note[at + 2 : -1].split("\n"):
        match = re.fullmatch(r"— ([!-*,-~]+) ([A-Za-z0-9+/]+={0,2})", line)
        signed = from_base64(match[2]) if match else None
        require(signed is not None and len(signed) >= 5, where + ": not a signature line")
        signatures.append((match[1], signed[:4], signed[4:]))
    require(len(signatures) <= 64, where + ": too many signatures")
    return note[: at + 1], signatures


def fingerprint_of(public_key):
    digits = sha256(public_key).hex()
    return " ".join(digits[at : at + 4] for at in range(0, 64, 4))


class Key:
    def __init__(self, line, kind):
        match = re.fullmatch(r"([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})", line)
        typed = from_base64(match[3]) if match else None
        require(typed is not None and len(typed) == 33 and typed[0] == kind, "keys.json: not a key line")
        self.name, self.kind, self.public = match[1], kind, typed[1:]
        self.id = sha256(self.name.encode() + b"\n" + typed)[:4]
        require(self.id.hex() == match[2], "keys.json: a key id is wrong")


class Checkpoint:
    """A checkpoint whose signatures of known keys are all good, and one of them the log's."""

    def __init__(self, pack, path):
        text, signatures = read_note(pack.file(path), path)
        parts = text.split("\n")
        require(len(parts) == 4 and parts[0] == pack.origin, path + ": not a checkpoint of this log")
        require(re.fullmatch(r"0|[1-9][0-9]{0,15}", parts[1]), path + ": no size")
        self.size, self.root = int(parts[1]), from_base64(parts[2])
        require(self.size < 2**53 and self.root is not None and len(self.root) == 32, path + ": no root")
        is_logs = False
        for name, key_id, signed in signatures:
            key = next((one for one in pack.keys if (one.name, one.id) == (name, key_id)), None)
            if key is None:
                continue
            if key.kind == 1:
                require(is_signed(key.public, text.encode(), signed), path + ": a signature of the log is wrong")
                pack.trust(key, path)
                is_logs = True
            else:
                require(len(signed) == 72, path + ": a cosignature has another length")
                seconds = int.from_bytes(signed[:8], "big")
                message = "cosignature/v1\ntime %d\n%s" % (seconds, text)
                good = seconds < 253402300800 and is_signed(key.public, message.encode(), signed[8:])
                require(good, path + ": the cosignature of %s is wrong" % name)
                pack.proven.append("%s saw %d entries at %d" % (name, self.size, seconds))
        require(is_logs, path + ": not signed by the log")


# --- 4. The archive


def number(value, size):
    return value.to_bytes(size, "little")


def read_zip(data):
    files, directory, at = {}, b"", 0
    while data[at : at + 4] == b"PK\x03\x04" and at + 30 <= len(data):
        start = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little")
        end = start + int.from_bytes(data[at + 18 : at + 22], "little")
        require(end <= len(data), "the archive ends within a file")
        name, contents = data[at + 30 : start], data[start:end]
        segment = rb"[A-Za-z0-9_-][A-Za-z0-9_.-]*"
        require(len(name) <= 200 and re.fullmatch(segment + rb"(/" + segment + rb")*", name), "no name of a file")
        path = name.decode("ascii")
        require(path not in files, "two files " + path)
        sizes = number(len(contents), 4) * 2
        common = number(20, 2) + bytes(6) + number(0x21, 2) + number(zlib.crc32(contents), 4) + sizes
        common += number(len(name), 2) + bytes(2)
        require(data[at:start] == b"PK\x03\x04" + common + name, "the header of " + path)
        directory += b"PK\x01\x02" + number(20, 2) + common + bytes(10) + number(at, 4) + name
        files[path] = contents
        at = end
    require(len(files) <= 65534, "too many files")
    closing = b"PK\x05\x06" + bytes(4) + number(len(files), 2) * 2 + number(len(directory), 4) + number(at, 4) + bytes(2)
    require(data[at:] == directory + closing, "the directory of the archive")
    return files


# --- 5 and 6. The pack


class Pack:
    def __init__(self, data, trusted):
        self.trusted, self.proven, self.fingerprints = trusted, [], set()
        self.keys, self.origin = [], ""
        self.files = read_zip(data)
        text, signatures = read_note(self.file("manifest.note"), "manifest.note")
        match = re.fullmatch("loket-evidence-pack/v1\norigin (" + ORIGIN + ")\nmanifest ([A-Za-z0-9+/]{43}=)\n", text)
        require(match and len(signatures) == 1, "manifest.note: another form")
        require(from_base64(match[2]) == sha256(self.file("manifest.json")), "manifest.note: of another manifest")
        self.origin = match[1]
        self.read_manifest()
        self.check_files()
        self.read_keys()
        first = self.keys[0]
        name, key_id, signed = signatures[0]
        good = (name, key_id) == (first.name, first.id) and is_signed(first.public, text.encode(), signed)
        require(good, "manifest.note: the signature is wrong")
        self.trust(first, "manifest.note")
        self.newest = Checkpoint(self, "checkpoint")
        tree = self.manifest["tree"]
        require((self.newest.size, self.newest.root) == (tree["size"], bytes_of(tree["root"], 32)), "manifest.json: tree")
        self.check_entries()
        self.check_anchors()

    def file(self, path):
        require(path in self.files, path + " is missing")
        return self.files[path]

    def trust(self, key, path):
        fingerprint = fingerprint_of(key.public)
        self.fingerprints.add(fingerprint)
        require(self.trusted is None or fingerprint in self.trusted, path + ": signed with a key you do not trust")

    def read_manifest(self):
        data = self.file("manifest.json")
        require(data.endswith(b"\n"), "manifest.json: does not end in a newline")
        value = read_json(data[:-1], "manifest.json")
        require(isinstance(value, dict), "manifest.json: not an object")
        if isinstance(value.get("format"), str) and value["format"] != "loket-evidence-pack/1":
            raise Incomplete("another format: " + value["format"])
        names = "entries files format madeAt madeBy origin period purpose scope subjects termsBook tree".split()
        require(has(value, *names) and isinstance(value["format"], str), "manifest.json: members")
        period, tree, files, subjects = (value[name] for name in ("period", "tree", "files", "subjects"))
        require(value["origin"] == self.origin, "manifest.json: origin")
        require(is_count(value["entries"]) and is_time(value["madeAt"]), "manifest.json: entries or madeAt")
        require(isinstance(value["madeBy"], str) and isinstance(value["purpose"], str), "manifest.json: texts")
        require(value["termsBook"] is None or isinstance(value["termsBook"], str), "manifest.json: termsBook")
        require(value["scope"] in ("whole", "part"), "manifest.json: scope")
        good = period is None or (has(period, "from", "to") and is_time(period["from"]) and is_time(period["to"]))
        require(good, "manifest.json: period")
        require(has(tree, "root", "size") and is_hash(tree["root"]) and is_count(tree["size"]), "manifest.json: tree")
        require(isinstance(files, list) and isinstance(subjects, list), "manifest.json: lists")
        for one in files:
            good = has(one, "path", "sha256", "size") and isinstance(one["path"], str)
            require(good and is_hash(one["sha256"]) and is_count(one["size"]), "manifest.json: files")
        for one in subjects:
            good = has(one, "entries", "head", "subject") and bytes_of(one["subject"], 16) is not None
            require(good and is_hash(one["head"]) and is_count(one["entries"]), "manifest.json: subjects")
        for texts in ([one["path"] for one in files], [one["subject"] for one in subjects]):
            require(all(a < b for a, b in zip(texts, texts[1:])), "manifest.json: order")
        self.manifest = value

    def check_files(self):
        listed = ["manifest.json", "manifest.note"] + [one["path"] for one in self.manifest["files"]]
        require(list(self.files) == listed, "the files are not those of the manifest")
        for one in self.manifest["files"]:
            data = self.files[one["path"]]
            good = len(data) == one["size"] and sha256(data) == bytes_of(one["sha256"], 32)
            require(good, one["path"] + " was changed")

    def read_keys(self):
        data = self.file("keys.json")
        require(data.endswith(b"\n"), "keys.json: does not end in a newline")
        value = read_json(data[:-1], "keys.json")
        require(has(value, "log", "witnesses"), "keys.json: members")
        for lines in value.values():
            require(isinstance(lines, list) and all(isinstance(line, str) for line in lines), "keys.json: lists")
        log = [Key(line, 1) for line in value["log"]]
        require(log and all(key.name == self.origin for key in log), "keys.json: no key of the log")
        self.keys = log + [Key(line, 4) for line in value["witnesses"]]

    def check_entries(self):
        manifest, newest = self.manifest, self.newest
        whole = manifest["scope"] == "whole"
        leaves = lines_of(self.file("leaves.jsonl"), "leaves.jsonl")
        bodies = lines_of(self.file("bodies.jsonl"), "bodies.jsonl")
        require(len(leaves) == len(bodies) == manifest["entries"], "the number of entries")
        require(("proofs.jsonl" in self.files) != whole, "proofs.jsonl")
        proofs = [] if whole else lines_of(self.file("proofs.jsonl"), "proofs.jsonl")
        require(whole or len(proofs) == len(leaves), "the number of proofs")
        heads, hashes, last_index, latest = {}, [], -1, None
        for at, (leaf_line, body_line) in enumerate(zip(leaves, bodies)):
            index, leaf = self.read_leaf(leaf_line, at)
            require(index == last_index + 1 if whole else index > last_index, "the order of entry %d" % index)
            last_index = index
            leaf_hash = sha256(b"\x00" + canonical(leaf).encode())
            when = milliseconds(leaf["at"])
            if leaf["type"] == "clock.anomaly":
                latest = when
            require(latest is None or when >= latest - 300_000, "the time of entry %d" % index)
            latest = when if latest is None else max(latest, when)
            subject = leaf["subject"]
            if subject is not None:
                count, head = heads.get(subject, (0, None))
                require(leaf["previous"] == head, "the chain at entry %d" % index)
                heads[subject] = (count + 1, base64.urlsafe_b64encode(leaf_hash).decode().rstrip("="))
            self.check_body(body_line, index, leaf)
            if whole:
                hashes.append(leaf_hash)
            else:
                proof = self.read_proof(proofs[at], "index", index, "proofs.jsonl")
                require(is_included(index, newest.size, leaf_hash, proof, newest.root), "the proof of entry %d" % index)
        if whole:
            require(len(leaves) == newest.size and root_of(hashes) == newest.root, "the root of the log")
        stated = {one["subject"]: (one["entries"], one["head"]) for one in manifest["subjects"]}
        require(stated == ({} if whole else heads), "the subjects of the manifest")

    def read_leaf(self, line, at):
        where = "leaves.jsonl, line %d" % (at + 1)
        value = read_json(line, where)
        require(has(value, "index", "leaf") and is_count(value["index"]), where)
        leaf = value["leaf"]
        require(has(leaf, "at", "commitment", "log", "previous", "refs", "subject", "type", "v"), where)
        require(type(leaf["v"]) is int and leaf["v"] == 1 and leaf["log"] == self.origin and is_time(leaf["at"]), where)
        require(isinstance(leaf["type"], str) and re.fullmatch(r"[a-z]+\.[a-z]+", leaf["type"]), where)
        require(is_hash(leaf["commitment"]) and (leaf["previous"] is None or is_hash(leaf["previous"])), where)
        if leaf["subject"] is None:
            require(leaf["previous"] is None, where)
        else:
            require(bytes_of(leaf["subject"], 16) is not None, where)
        refs = leaf["refs"]
        require(isinstance(refs, list) and len(refs) <= 64 and all(is_hash(ref) for ref in refs), where)
        return value["index"], leaf

    def check_body(self, line, index, leaf):
        where = "the contents of entry %d" % index
        value = read_json(line, where)
        require(isinstance(value, dict) and type(value.get("index")) is int and value["index"] == index, where)
        if has(value, "gone", "index"):
            require(value["gone"] in ("erased", "withheld"), where)
            return
        require(has(value, "body", "index", "salt") and isinstance(value["body"], dict), where)
        salt = bytes_of(value["salt"], 32)
        require(salt is not None, where)
        commitment = sha256(b"loket:evidence:body:v1" + salt + canonical(value["body"]).encode())
        require(commitment == bytes_of(leaf["commitment"], 32), where)

    def read_proof(self, line, name, wanted, where):
        value = read_json(line, where)
        require(has(value, name, "proof") and type(value[name]) is type(wanted) and value[name] == wanted, where)
        require(isinstance(value["proof"], list) and all(is_hash(item) for item in value["proof"]), where)
        return [bytes_of(item, 32) for item in value["proof"]]

    def check_anchors(self):
        paths = [path for path in self.files if path.startswith("anchors/") and path.endswith(".checkpoint")]
        lines = lines_of(self.file("consistency.jsonl"), "consistency.jsonl")
        require(len(lines) == len(paths), "consistency.jsonl: the number of anchors")
        for path, line in zip(paths, lines):
            proof = self.read_proof(line, "anchor", path, "consistency.jsonl")
            old, newest = Checkpoint(self, path), self.newest
            good = is_consistent(old.size, newest.size, old.root, newest.root, proof)
            require(good, path + " contradicts the newest checkpoint")


def verify(data, trusted=None):
    """Result and why, as a dictionary."""
    try:
        pack = Pack(data, trusted)
    except Invalid as problem:
        return {"result": "invalid", "problem": str(problem)}
    except Incomplete as problem:
        return {"result": "incomplete", "problem": str(problem)}
    not_proven = [
        "that what the entries say happened, or that nothing was left unlogged",
        "that a platform sent the webhooks shown",
        "whose key it is: compare " + "; ".join(sorted(pack.fingerprints)),
    ]
    size, entries = pack.newest.size, pack.manifest["entries"]
    proven = ["%d entries of %s, of %d in the log, are as they were logged" % (entries, pack.origin, size)] + pack.proven
    return {"result": "valid", "origin": pack.origin, "entries": entries, "proven": proven, "notProven": not_proven}


def main(arguments):
    files, keys, as_json, at = [], [], False, 0
    while at < len(arguments):
        if arguments[at] == "--json":
            as_json = True
        elif arguments[at] == "--key" and at + 1 < len(arguments):
            at += 1
            digits = re.sub(r"[\s:]", "", arguments[at]).lower()
            keys.append(" ".join(digits[place : place + 4] for place in range(0, len(digits), 4)))
        else:
            files.append(arguments[at])
        at += 1
    if not files:
        print(__doc__)
        return 2
    codes = {"valid": 0, "incomplete": 2, "invalid": 1}
    results = []
    for path in files:
        with open(path, "rb") as file:
            verified = verify(file.read(), keys or None)
        results.append(verified["result"])
        if as_json:
            print(json.dumps({"file": path, **verified}))
            continue
        print("%s  %s" % (verified["result"].upper(), path))
        for title in ("problem", "proven", "notProven"):
            said = verified.get(title, [])
            for line in [said] if isinstance(said, str) else said:
                print("  %s: %s" % (title, line))
    worst = "invalid" if "invalid" in results else "incomplete" if "incomplete" in results else "valid"
    return codes[worst]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
