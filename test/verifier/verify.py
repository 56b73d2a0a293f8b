"""A second verifier of Pedigree's evidence files, written from docs/evidence.md and docs/entry-format.md alone.

Usage: verify.py KEY [SEEN CHECKPOINT] < LINES, each line of standard input the JSON of one file's text. Prints a JSON
line each: {"outcome", "part"}. It shares no code with the product: both can only agree by being right.
"""
import base64, hashlib, json, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EDGE = re.compile(r"edge/([A-Z_]+)/([a-z]+:[^/]+/[^/@]+@[^/]+)(?:/from/([a-z]+:[^/]+/[^/@]+@[^/]+))?$")
SHAPE = {
    "format": str, "checkpoint": str, "checksum": str, "proof": [bytes],
    "question": {"ask": str, "of": str, "asOf": int},
    "answer": {"artifacts": [{"id": str, "depth": int, "leafIndex?": int}],
               "edges": [{"from": str, "type": str, "to": str, "leafIndex": int}],
               "attestations": [{"id": str, "type": str, "leafIndex": int, "about": [str]}]},
    "surrogates": [{"id": str, "of": str, "reason": str}],
    "entries": [{"index": int, "leaf": str, "disclosures": [str]}],
    "consistency?": {"from": int, "root": bytes, "hashes": [bytes]},
}

class Altered(Exception): pass
class Unreadable(Exception): pass

def sha(data): return hashlib.sha256(data).digest()
def node(left, right): return sha(b"\1" + left + right)
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def b64u(data): return base64.urlsafe_b64encode(data).decode().rstrip("=")

def load(text):
    def unique(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a name occurs twice")
        return dict(pairs)
    return json.loads(text, object_pairs_hook=unique)

def b64(text, part, error, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise error(part)
    if base64.b64encode(data).decode() != text or length not in (None, len(data)):
        raise error(part)
    return data

def check(value, shape, part):
    if shape is bytes:
        check(value, str, part)
        b64(value, part, Unreadable, 32)
    elif shape in (str, int):
        if type(value) is not shape or shape is int and not 0 <= value < 2**53:
            raise Unreadable(part)
    elif isinstance(shape, list):
        if type(value) is not list:
            raise Unreadable(part)
        for i, item in enumerate(value):
            check(item, shape[0], f"{part}[{i}]")
    else:
        if type(value) is not dict:
            raise Unreadable(part)
        for name, inner in shape.items():
            if name.rstrip("?") in value or not name.endswith("?"):
                check(value.get(name.rstrip("?")), inner, f"{part}.{name.rstrip('?')}".lstrip("."))
        if set(value) - {name.rstrip("?") for name in shape}:
            raise Unreadable(part or "the file")

def read(text):
    try:
        text.encode("utf-8")
        file = load(text)
    except ValueError:
        raise Unreadable("the file")
    if type(file) is not dict or file.get("format") != "pedigree/evidence/1":
        raise Unreadable("format")
    check(file, SHAPE, "")
    if file["question"]["ask"] != "ancestry":
        raise Unreadable("question.ask")
    if canonical(file) + "\n" != text:
        raise Unreadable("the file")
    return file

def open_checkpoint(note, key):
    """C2SP signed-note and tlog-checkpoint → (size, root)."""
    name, key_id, public = key.split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    lines, verified = (text.split("\n") + ["", ""]), False
    for line in signatures.split("\n")[:-1] if signatures.endswith("\n") else [""]:
        match = re.fullmatch(r"— (\S+) (\S+)", line) or [None, None, "?"]
        data = b64(match[2], "checkpoint", Altered)
        if match[1] == name and data[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:]).verify(data[4:], (text + "\n").encode())
            except InvalidSignature:
                raise Altered("checkpoint")
            verified = True
    if not verified or lines[0] != name or not re.fullmatch(r"0|[1-9]\d{0,15}", lines[1]):
        raise Altered("checkpoint")
    return int(lines[1]), b64(lines[2], "checkpoint", Altered, 32)

def split(size): return 1 << (size - 1).bit_length() - 1

def shared_root(leaves, start, end, proof):
    """The tree of RFC 6962; each part without a proved leaf is the next hash of the proof."""
    if not leaves or end - start == 1:
        return leaves[0][1] if leaves else next(proof)
    middle = start + split(end - start)
    left = shared_root([leaf for leaf in leaves if leaf[0] < middle], start, middle, proof)
    return node(left, shared_root([leaf for leaf in leaves if leaf[0] >= middle], middle, end, proof))

def consistent(m, start, end, proof, old):
    """SUBPROOF of RFC 6962 §2.1.2 read backwards → the roots of the earlier and the later tree."""
    if m == end:
        root = old or next(proof)
        return root, root
    middle = start + split(end - start)
    if m <= middle:
        earlier, later = consistent(m, start, middle, proof, old)
        return earlier, node(later, next(proof))
    earlier, later = consistent(m, middle, end, proof, None)
    left = next(proof)
    return node(left, earlier), node(left, later)

def proves(part, work):
    try:
        if work():
            return
    except (StopIteration, RuntimeError):
        pass
    raise Altered(part)

def open_entry(entry):
    try:
        leaf, left = load(entry["leaf"]), {}
        decl = leaf["decl"]
        if (set(leaf), set(decl)) != ({"at", "by", "decl"}, {"edges", "head", "k", "t", "values"}):
            raise ValueError("another form")
        if canonical(leaf) != entry["leaf"] or decl["t"] != "pedigree/lineage/1":
            raise ValueError("another spelling")
        for text in entry["disclosures"]:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            _, path, value = load(raw.decode("utf-8"))
            left[b64u(sha(text.encode()))] = (path, value)
        if len(left) != len(entry["disclosures"]):
            raise ValueError("twice")
        def take(digest, path):
            found = left.pop(digest, (path, None))
            if found[0] != path:
                raise ValueError("another place")
            return found[1]
        head, _ = take(decl["head"], "head"), take(leaf["by"], "by")
        if head["kind"].lower() != head["id"].split(":")[0]:
            raise ValueError("another kind")
        opened = {"id": head["id"], "index": entry["index"], "digest": sha(canonical(decl).encode()).hex()}
        for group, allowed in (("edges", ("edge/",)), ("values", ("value/", "row/"))):
            members, count, queue = {}, None, list((take(decl[group], group) or {"_sd": []})["_sd"])
            for digest in queue:
                path, value = left.pop(digest, ("", None))
                if path.startswith(group + "/n"):
                    queue += value["_sd"]
                elif path == group + "#":
                    count = value
                elif path.startswith(allowed):
                    members[path] = value
                elif path:
                    raise ValueError("another group")
            if count is not None and len(members) > count:
                raise ValueError("too many")
            opened[group], opened["-" + group] = members, None if count is None else count - len(members)
        matches = [(EDGE.match(path), value) for path, value in opened["edges"].items()]
        opened["edges"] = [(m[3] or head["id"], m[1], m[2], value.get("toDigest")) for m, value in matches]
        if left:
            raise ValueError("not committed to")
        return opened
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Altered(f"entry {entry['index']}")

def ancestry(of, entries):
    edges = [[f, t, to, e["index"], True] for e in entries for f, t, to, _ in e["edges"] if t != "ABOUT"]
    for e in entries:
        ends = [(w["from"], w["type"], w["to"]) for w in e["values"].get("value/withdraws", [])]
        if e["values"].get("value/type") == "RESOLVED":
            ends += [(f, t, None) for f, t, _, _ in e["edges"] if t == "RESOLVED_TO"]
        for edge in edges:
            if any(edge[:2] == [f, t] and to in (None, edge[2]) and edge[3] < e["index"] for f, t, to in ends):
                edge[4] = False
    depths, queue = {of: 0}, [of]
    for name in queue:
        for f, _, to, _, holds in edges:
            if f == name and holds and to not in depths:
                depths[to] = depths[name] + 1
                queue.append(to)
    leaves = {e["id"]: e["index"] for e in entries}
    about = [(e, sorted(to for _, t, to, _ in e["edges"] if t == "ABOUT" and to in depths)) for e in entries]
    return {"artifacts": [{"id": n, "depth": d, **({"leafIndex": leaves[n]} if n in leaves else {})}
                          for d, n in sorted((d, n) for n, d in depths.items())],
            "edges": [{"from": f, "type": t, "to": to, "leafIndex": i} for f, t, to, i, holds in sorted(edges)
                      if holds and f in depths],
            "attestations": [{"id": e["id"], "type": e["values"].get("value/type", ""), "leafIndex": e["index"],
                              "about": to} for e, to in about if to]}

def judge(file, key, seen):
    size, root = open_checkpoint(file["checkpoint"], key)
    if seen and (size < seen[0] or size == seen[0] and root != seen[1]):
        raise Altered("checkpoint")
    if "consistency" in file:
        start, before = file["consistency"]["from"], base64.b64decode(file["consistency"]["root"])
        proof = iter([base64.b64decode(item) for item in file["consistency"]["hashes"]])
        proves("consistency", lambda: 0 < start <= size and consistent(start, 0, size, proof, before) == (before, root)
               and next(proof, None) is None and (not seen or seen[0] != start or seen[1] == before))
    question, last = file["question"], -1
    if question["asOf"] > size:
        raise Altered("question")
    entries = []
    for entry in file["entries"]:
        if not last < entry["index"] < question["asOf"]:
            raise Altered(f"entry {entry['index']}")
        last = entry["index"]
        entries.append(open_entry(entry))
    leaves = [(entry["index"], sha(b"\0" + entry["leaf"].encode())) for entry in file["entries"]]
    hashes = iter([base64.b64decode(item) for item in file["proof"]])
    proves("proof", lambda: size and shared_root(leaves, 0, size, hashes) == root and next(hashes, None) is None)
    digests = {}
    for e in entries:
        if digests.setdefault(e["id"], e["digest"]) != e["digest"] or list(digests).index(e["id"]) != len(digests) - 1:
            raise Altered(f"entry {e['index']}")
    for e in entries:
        if any(digest and digests.get(to, digest) != digest for _, _, to, digest in e["edges"]):
            raise Altered(f"entry {e['index']}")
    if [artifact["id"] for artifact in file["answer"]["artifacts"][:1]] != [question["of"]]:
        raise Altered("question")
    for name, follows in ancestry(question["of"], entries).items():
        stated = file["answer"][name]
        for i in range(max(len(stated), len(follows))):
            if stated[i:i + 1] != follows[i:i + 1]:
                raise Altered(f"answer.{name}[{i}]")
    covered = {name: file[name] for name in ("answer", "question", "surrogates")}
    if sha(canonical(covered).encode()).hex() != file["checksum"]:
        raise Altered("checksum")
    hidden = {e["id"] for e in entries if e["-edges"] != 0}
    if any(surrogate["of"] not in hidden for surrogate in file["surrogates"]):
        raise Altered("surrogates")
    silent = any(e["id"].startswith("attestation:") and not (e["-values"] is not None and "value/type" in e["values"])
                 for e in entries)
    missing = any("leafIndex" not in artifact for artifact in file["answer"]["artifacts"])
    return "INCOMPLETE" if hidden or silent or missing else "VERIFIED"

def verdict(text, key, seen=None):
    try:
        return {"outcome": judge(read(text), key, seen), "part": None}
    except (Altered, Unreadable) as error:
        return {"outcome": type(error).__name__.upper(), "part": str(error)}

if __name__ == "__main__":
    SEEN = open_checkpoint(sys.argv[2], sys.argv[1]) if len(sys.argv) > 2 else None
    for line in sys.stdin:
        print(json.dumps(verdict(json.loads(line), sys.argv[1], SEEN)))
