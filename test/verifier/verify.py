"""A second verifier of Pedigree's evidence files, written from docs/evidence.md and docs/entry-format.md alone.

Usage: verify.py KEY [SEEN] < LINES, where each line of standard input is the JSON of one file's text. Prints one JSON line
each: {"outcome", "part"}. It shares no code with the product, so that both can only agree by being right.
"""
import base64, binascii, hashlib, json, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ID = r"[a-z]+:[^/]+/[^/@]+@[^/]+"
EDGE = re.compile(rf"edge/([A-Z_]+)/({ID})(?:/from/({ID}))?$")


class Altered(Exception):
    pass


class Unreadable(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def strict(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name occurs twice")
    return dict(pairs)


def b64(text, part, error, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise error(part)
    if base64.b64encode(data).decode() != text or length not in (None, len(data)):
        raise error(part)
    return data


def b64u(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


SHAPE = {
    "format": str, "checkpoint": str, "checksum": str, "proof": [str],
    "question": {"ask": str, "of": str, "asOf": int},
    "answer": {
        "artifacts": [{"id": str, "depth": int, "leafIndex?": int}],
        "edges": [{"from": str, "type": str, "to": str, "leafIndex": int}],
        "attestations": [{"id": str, "type": str, "leafIndex": int, "about": [str]}],
    },
    "surrogates": [{"id": str, "of": str, "reason": str}],
    "entries": [{"index": int, "leaf": str, "disclosures": [str]}],
    "consistency?": {"from": int, "hashes": [str]},
}


def check(value, shape, part):
    if shape in (str, int):
        if type(value) is not shape or (shape is int and not 0 <= value < 2**53):
            raise Unreadable(part)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Unreadable(part)
        for i, item in enumerate(value):
            check(item, shape[0], f"{part}[{i}]")
    else:
        if not isinstance(value, dict) or set(value) - {name.rstrip("?") for name in shape}:
            raise Unreadable(part)
        for name, inner in shape.items():
            if name.rstrip("?") in value or not name.endswith("?"):
                check(value.get(name.rstrip("?")), inner, f"{part}.{name}".rstrip("?").lstrip("."))


def read(text):
    try:
        text.encode("utf-8")
        file = json.loads(text, object_pairs_hook=strict)
    except ValueError:
        raise Unreadable("the file")
    if not isinstance(file, dict) or file.get("format") != "pedigree/evidence/1":
        raise Unreadable("format")
    check(file, SHAPE, "")
    if file["question"]["ask"] != "ancestry":
        raise Unreadable("question.ask")
    if canonical(file) + "\n" != text:
        raise Unreadable("the file")
    for part, hashes in (("proof", file["proof"]), ("consistency.hashes", file.get("consistency", {}).get("hashes", []))):
        for i, item in enumerate(hashes):
            b64(item, f"{part}[{i}]", Unreadable, 32)
    return file


def open_checkpoint(note, key):
    """C2SP signed-note and tlog-checkpoint: (size, root)."""
    name, key_id, encoded = key.split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    verified = False
    for line in signatures.split("\n")[:-1] if signatures.endswith("\n") else [""]:
        match = re.fullmatch(r"— (\S+) (\S+)", line)
        if not match:
            raise Altered("checkpoint")
        data = b64(match[2], "checkpoint", Altered)
        if match[1] == name and data[:4].hex() == key_id:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded)[1:])
            try:
                public.verify(data[4:], (text + "\n").encode())
            except InvalidSignature:
                raise Altered("checkpoint")
            verified = True
    lines = text.split("\n")
    if not verified or lines[0] != name or not re.fullmatch(r"0|[1-9]\d{0,15}", lines[1]):
        raise Altered("checkpoint")
    return int(lines[1]), b64(lines[2], "checkpoint", Altered, 32)


def root_of(leaves, start, end, proof):
    """RFC 6962 with the hashes of the parts without a proved leaf taken from the proof, left to right."""
    if not leaves:
        return next(proof)
    if end - start == 1:
        return leaves[0][1]
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    left = root_of([leaf for leaf in leaves if leaf[0] < middle], start, middle, proof)
    return sha(b"\1" + left + root_of([leaf for leaf in leaves if leaf[0] >= middle], middle, end, proof))


def open_entry(entry):
    part = f"entry {entry['index']}"
    try:
        leaf = json.loads(entry["leaf"], object_pairs_hook=strict)
        decl = leaf["decl"]
        whole = set(leaf) == {"at", "by", "decl"} and set(decl) == {"edges", "head", "k", "t", "values"}
        if not whole or canonical(leaf) != entry["leaf"] or decl["t"] != "pedigree/lineage/1":
            raise ValueError("no leaf")
        left = {}
        for text in entry["disclosures"]:
            if b64u(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) != text:
                raise ValueError("no base64url")
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
            _, path, value = json.loads(raw, object_pairs_hook=strict)
            left[b64u(sha(text.encode()))] = (path, value)
        if len(left) != len(entry["disclosures"]):
            raise ValueError("twice")
        head = left.pop(decl["head"])
        if head[0] != "head" or head[1]["kind"].lower() != head[1]["id"].split(":")[0]:
            raise ValueError("no head")
        by = left.pop(leaf["by"], ("by", None))
        if by[0] != "by":
            raise ValueError("no principal")
        opened = {"id": head[1]["id"], "index": entry["index"], "digest": hashlib.sha256(canonical(decl).encode()).hexdigest()}
        for group, allowed in (("edges", ("edge/",)), ("values", ("value/", "row/"))):
            members, count = {}, None
            top = left.pop(decl[group], None)
            if top and top[0] != group:
                raise ValueError("another group")
            queue = list(top[1]["_sd"]) if top else []
            while queue:
                path, value = left.pop(queue.pop(), (None, None))
                if path is None:
                    continue
                if path.startswith(f"{group}/n"):
                    queue += value["_sd"]
                elif path == f"{group}#":
                    count = value
                elif path.startswith(allowed):
                    members[path] = value
                else:
                    raise ValueError("wrong place")
            if count is not None and len(members) > count:
                raise ValueError("too many")
            opened[group], opened["-" + group] = members, None if count is None else count - len(members)
        if left:
            raise ValueError("not committed to")
        opened["edges"] = [(m[3] or opened["id"], m[1], m[2], value.get("toDigest"))
                           for path, value in opened["edges"].items() for m in [EDGE.match(path)] if m or 1 / 0]
        return opened
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError, UnicodeEncodeError):
        raise Altered(part)


def ancestry(of, entries):
    edges = [[f, t, to, e["index"], False] for e in entries for f, t, to, _ in e["edges"] if t != "ABOUT"]
    for e in entries:
        ends = [(w["from"], w["type"], w["to"]) for w in e["values"].get("value/withdraws", [])]
        if e["values"].get("value/type") == "RESOLVED":
            ends += [(f, t, None) for f, t, _, _ in e["edges"] if t == "RESOLVED_TO"]
        for end_from, end_type, end_to in ends:
            for edge in edges:
                if edge[0] == end_from and edge[1] == end_type and end_to in (None, edge[2]) and edge[3] < e["index"]:
                    edge[4] = True
    causes = {}
    for f, t, to, index, ended in sorted(edges):
        if not ended:
            causes.setdefault(f, []).append({"from": f, "type": t, "to": to, "leafIndex": index})
    depths, queue = {of: 0}, [of]
    for node in queue:
        for edge in causes.get(node, []):
            if edge["to"] not in depths:
                depths[edge["to"]] = depths[node] + 1
                queue.append(edge["to"])
    leaves = {e["id"]: e["index"] for e in entries}
    order = sorted((depth, node) for node, depth in depths.items())
    about = [(e, sorted(to for _, t, to, _ in e["edges"] if t == "ABOUT" and to in depths)) for e in entries]
    return {
        "artifacts": [{"id": n, "depth": d, **({"leafIndex": leaves[n]} if n in leaves else {})} for d, n in order],
        "edges": [edge for f in sorted(causes) if f in depths for edge in causes[f]],
        "attestations": [{"id": e["id"], "type": e["values"].get("value/type", ""), "leafIndex": e["index"], "about": a}
                         for e, a in about if a],
    }


def judge(file, key, seen):
    size, root = open_checkpoint(file["checkpoint"], key)
    if seen and (size < seen[0] or (size == seen[0] and root != seen[1])):
        raise Altered("checkpoint")
    question, entries, last = file["question"], [], -1
    if question["asOf"] > size:
        raise Altered("question")
    for entry in file["entries"]:
        if not last < entry["index"] < question["asOf"]:
            raise Altered(f"entry {entry['index']}")
        last = entry["index"]
        entries.append(open_entry(entry))
    proof = iter([base64.b64decode(item) for item in file["proof"]])
    leaves = [(entry["index"], sha(b"\0" + entry["leaf"].encode())) for entry in file["entries"]]
    try:
        if size == 0 or root_of(leaves, 0, size, proof) != root or next(proof, None) is not None:
            raise Altered("proof")
    except (StopIteration, RuntimeError):
        raise Altered("proof")
    digests = {}
    for e in entries:
        if e["id"] in digests:
            raise Altered(f"entry {e['index']}")
        digests[e["id"]] = e["digest"]
    for e in entries:
        if any(digest and digests.get(to, digest) != digest for _, _, to, digest in e["edges"]):
            raise Altered(f"entry {e['index']}")
    made = ancestry(question["of"], entries)
    for name in ("artifacts", "edges", "attestations"):
        stated, follows = file["answer"][name], made[name]
        for i in range(max(len(stated), len(follows))):
            if stated[i:i + 1] != follows[i:i + 1]:
                raise Altered(f"answer.{name}[{i}]")
    covered = {name: file[name] for name in ("answer", "question", "surrogates")}
    if hashlib.sha256(canonical(covered).encode()).hexdigest() != file["checksum"]:
        raise Altered("checksum")
    hidden = {e["id"] for e in entries if e["-edges"] != 0}
    if any(surrogate["of"] not in hidden for surrogate in file["surrogates"]):
        raise Altered("surrogates")
    typeless = any(e["id"].startswith("attestation:") and (e["-values"] is None or "value/type" not in e["values"]) for e in entries)
    missing = any("leafIndex" not in artifact for artifact in file["answer"]["artifacts"])
    return "INCOMPLETE" if hidden or typeless or missing else "VERIFIED"


def verdict(text, key, seen):
    try:
        return {"outcome": judge(read(text), key, seen), "part": None}
    except Altered as error:
        return {"outcome": "ALTERED", "part": str(error)}
    except Unreadable as error:
        return {"outcome": "UNREADABLE", "part": str(error) or "the file"}


if __name__ == "__main__":
    SEEN = open_checkpoint(sys.argv[2], sys.argv[1]) if len(sys.argv) > 2 else None
    for line in sys.stdin:
        print(json.dumps(verdict(json.loads(line), sys.argv[1], SEEN)), flush=True)
