"""A second verifier of Pedigree's evidence files, written from docs/evidence.md and docs/entry-format.md alone.

Usage: verify.py KEY [SEEN CHECKPOINT] < LINES, each line of standard input the JSON of one file's text. Prints a JSON
line each: {"outcome", "part", "masked": [[id, path, value]]}. It shares no code with the product: both can only agree by being right.
"""
import base64, hashlib, itertools, json, re, sys
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
SHAPES = {"pedigree/evidence/1": SHAPE, "pedigree/evidence/2": {**SHAPE, "masking": {"profile": str, "checksum": str},
    "entries": [{**SHAPE["entries"][0], "masked?": [{"path": str, "rules": [int], "value": str}]}]}}
Altered, Unreadable = type("Altered", (Exception,), {}), type("Unreadable", (Exception,), {})
def need(holds, error, part):
    if not holds: raise error(part)
def sha(data): return hashlib.sha256(data).digest()
def node(left, right): return sha(b"\1" + left + right)
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def b64u(data): return base64.urlsafe_b64encode(data).decode().rstrip("=")
def unique(pairs): return dict(pairs) if len(dict(pairs)) == len(pairs) else need(False, ValueError, "a name twice")
def load(text): return json.loads(text, object_pairs_hook=unique)
def b64(text, part, error, length=None):
    try:
        data = base64.b64decode(text, validate=True)
        need(base64.b64encode(data).decode() == text and length in (None, len(data)), ValueError, part)
        return data
    except ValueError:
        raise error(part)
def check(value, shape, part):
    if shape is bytes: b64(check(value, str, part) or value, part, Unreadable, 32)
    elif shape in (str, int): need(type(value) is shape and (shape is str or 0 <= value < 2**53), Unreadable, part)
    elif isinstance(shape, list):
        need(type(value) is list, Unreadable, part)
        for i, item in enumerate(value): check(item, shape[0], f"{part}[{i}]")
    else:
        need(type(value) is dict, Unreadable, part)
        for name, inner in ((n.rstrip("?"), s) for n, s in shape.items() if n[:-1] in value or n[-1] != "?"):
            check(value.get(name), inner, f"{part}.{name}".lstrip("."))
        need(set(value) <= {name.rstrip("?") for name in shape}, Unreadable, part or "the file")
def read(text):
    try: file = load(text)
    except ValueError: raise Unreadable("the file")
    shape = SHAPES.get(str(file.get("format"))) if type(file) is dict else None
    need(shape, Unreadable, "format")
    check(file, shape, "")
    need(file["question"]["ask"] in ("ancestry", "entries"), Unreadable, "question.ask")
    need(canonical(file) + "\n" == text, Unreadable, "the file")
    return file
def open_checkpoint(note, key):  # C2SP signed-note and tlog-checkpoint → (size, root)
    name, key_id, public = key.split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    lines, verified = (text.split("\n") + ["", ""]), False
    for line in signatures.split("\n")[:-1] if signatures.endswith("\n") else [""]:
        match = re.fullmatch(r"— (\S+) (\S+)", line) or [None, None, "?"]
        data = b64(match[2], "checkpoint", Altered)
        if match[1] == name and data[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:]).verify(data[4:], (text + "\n").encode())
                verified = True
            except InvalidSignature: raise Altered("checkpoint")
    need(verified and lines[0] == name and re.fullmatch(r"0|[1-9]\d{0,15}", lines[1]), Altered, "checkpoint")
    return int(lines[1]), b64(lines[2], "checkpoint", Altered, 32)
def split(size): return 1 << (size - 1).bit_length() - 1
def shared_root(leaves, start, end, proof):  # RFC 6962; each part without a proved leaf is the next hash of the proof
    if not leaves or end - start == 1: return leaves[0][1] if leaves else next(proof)
    middle = start + split(end - start)
    left = shared_root([leaf for leaf in leaves if leaf[0] < middle], start, middle, proof)
    return node(left, shared_root([leaf for leaf in leaves if leaf[0] >= middle], middle, end, proof))
def consistent(m, start, end, proof, old):  # SUBPROOF of RFC 6962 §2.1.2 backwards → roots of the earlier and later tree
    if m == end: return (old or next(proof),) * 2
    middle = start + split(end - start)
    if m <= middle:
        earlier, later = consistent(m, start, middle, proof, old)
        return earlier, node(later, next(proof))
    (earlier, later), left = consistent(m, middle, end, proof, None), next(proof)
    return node(left, earlier), node(left, later)
def proves(part, work):
    try: need(work(), Altered, part)
    except (StopIteration, RuntimeError):
        raise Altered(part)
def take(left, digest, path):
    found = left.pop(digest, (path, None))
    need(found[0] == path, ValueError, "another place")
    return found[1]
def open_entry(entry):
    try:
        leaf, left = load(entry["leaf"]), {}
        decl = leaf["decl"]
        names = set(leaf) == {"at", "by", "decl"} and set(decl) == {"edges", "head", "k", "t", "values"}
        need(names and canonical(leaf) == entry["leaf"] and decl["t"] == "pedigree/lineage/1", ValueError, "no leaf")
        for text in entry["disclosures"]:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            _, path, value = load(raw.decode("utf-8"))
            left[b64u(sha(text.encode()))] = (path, value)
        need(len(left) == len(entry["disclosures"]), ValueError, "twice")
        head, _ = take(left, decl["head"], "head"), take(left, leaf["by"], "by")
        need(head["kind"].lower() == head["id"].split(":")[0], ValueError, "another kind")
        opened = {"id": head["id"], "index": entry["index"], "digest": sha(canonical(decl).encode()).hex()}
        for group, allowed in (("edges", ("edge/",)), ("values", ("value/", "row/"))):
            members, count, queue = {}, None, list((take(left, decl[group], group) or {"_sd": []})["_sd"])
            for digest in queue:
                path, value = left.pop(digest, ("", None))
                queue += value["_sd"] if path.startswith(group + "/n") else []
                count = value if path == group + "#" else count
                members.update({path: value} if path.startswith(allowed) else {})
                need(path.startswith((group + "/n", group + "#", *allowed)) or not path, ValueError, "another group")
            need(count is None or len(members) <= count, ValueError, "too many")
            opened[group], opened["-" + group] = members, None if count is None else count - len(members)
        matches = [(EDGE.match(path), value) for path, value in opened["edges"].items()]
        opened["edges"] = [(m[3] or head["id"], m[1], m[2], value.get("toDigest")) for m, value in matches]
        need(not left, ValueError, "not committed to")
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
        causes = {to: depths[name] + 1 for f, _, to, _, holds in edges if f == name and holds and to not in depths}
        depths.update(causes)
        queue += causes
    leaves = {e["id"]: e["index"] for e in entries}
    about = [(e, sorted(to for _, t, to, _ in e["edges"] if t == "ABOUT" and to in depths)) for e in entries]
    return {"artifacts": [{"id": n, "depth": d, **({"leafIndex": leaves[n]} if n in leaves else {})}
                          for d, n in sorted((d, n) for n, d in depths.items())],
            "edges": [{"from": f, "type": t, "to": to, "leafIndex": i} for f, t, to, i, holds in sorted(edges)
                      if holds and f in depths],
            "attestations": [{"id": e["id"], "type": e["values"].get("value/type", ""), "leafIndex": e["index"],
                              "about": to} for e, to in about if to]}
def by_themselves(entries):
    attested = [e["id"].startswith("attestation:") for e in entries]
    return {"artifacts": [{"id": n, "depth": 0, "leafIndex": i}
                          for n, i in sorted((e["id"], e["index"]) for e, a in zip(entries, attested) if not a)],
            "edges": [],
            "attestations": [{"id": e["id"], "type": e["values"].get("value/type", ""), "leafIndex": e["index"],
                              "about": sorted(to for _, t, to, _ in e["edges"] if t == "ABOUT")}
                             for e, a in zip(entries, attested) if a]}
def masked_values(file, entries):  # the server's word for values that are withheld
    said = [(e, f["masked"]) for e, f in zip(entries, file["entries"]) if "masked" in f]
    for e, members in said:
        paths = {m["path"] for m in members if m["rules"] and m["path"].startswith(("value/", "row/"))}
        held = len(paths) if e["-values"] is None else e["-values"]
        right = 0 < len(paths) == len(members) and not paths & set(e["values"]) and len(paths) <= held
        need(right, Altered, f"entry {e['index']}")
    covered = {"masked": [{"index": e["index"], "masked": m} for e, m in said], "profile": file["masking"]["profile"]}
    need(said and sha(canonical(covered).encode()).hex() == file["masking"]["checksum"], Altered, "masking")
    return [[e["id"], m["path"], m["value"]] for e, members in said for m in members]
def judge(file, key, seen):
    size, root = open_checkpoint(file["checkpoint"], key)
    need(not seen or size > seen[0] or (size, root) == seen, Altered, "checkpoint")
    if "consistency" in file:
        start, before = file["consistency"]["from"], base64.b64decode(file["consistency"]["root"])
        proof = iter([base64.b64decode(item) for item in file["consistency"]["hashes"]])
        proves("consistency", lambda: 0 < start <= size and consistent(start, 0, size, proof, before) == (before, root)
               and next(proof, None) is None and (not seen or seen[0] != start or seen[1] == before))
    question, last, entries = file["question"], -1, []
    need(question["asOf"] <= size, Altered, "question")
    for entry in file["entries"]:
        need(last < entry["index"] < question["asOf"], Altered, f"entry {entry['index']}")
        last = entry["index"]
        entries.append(open_entry(entry))
    leaves = [(entry["index"], sha(b"\0" + entry["leaf"].encode())) for entry in file["entries"]]
    hashes = iter([base64.b64decode(item) for item in file["proof"]])
    proves("proof", lambda: size and shared_root(leaves, 0, size, hashes) == root and next(hashes, None) is None)
    digests = {}
    for e in entries:
        need(e["id"] not in digests, Altered, f"entry {e['index']}")
        digests[e["id"]] = e["digest"]
    for e in entries:
        need(all(digests.get(to, own) == own for _, _, to, own in e["edges"] if own), Altered, f"entry {e['index']}")
    of, alone = question["of"], question["ask"] == "entries"
    need(alone or [one["id"] for one in file["answer"]["artifacts"][:1]] == [of], Altered, "question")
    for name, made in (by_themselves(entries) if alone else ancestry(of, entries)).items():
        for i, (a, b) in enumerate(itertools.zip_longest(file["answer"][name], made)):
            need(a == b, Altered, f"answer.{name}[{i}]")
    covered = canonical({name: file[name] for name in ("answer", "question", "surrogates")})
    need(sha(covered.encode()).hex() == file["checksum"], Altered, "checksum")
    hidden = {e["id"] for e in entries if e["-edges"] != 0}
    need(all(surrogate["of"] in hidden for surrogate in file["surrogates"]), Altered, "surrogates")
    masked = masked_values(file, entries) if "masking" in file else []
    attested = [e for e in entries if e["id"].startswith("attestation:")]
    silent = any(e["-values"] is None or "value/type" not in e["values"] for e in attested)
    missing = any("leafIndex" not in artifact for artifact in file["answer"]["artifacts"])
    return "INCOMPLETE" if hidden or silent or missing else "VERIFIED", masked
def verdict(text, key, seen=None):
    try:
        return dict(zip(("outcome", "masked"), judge(read(text), key, seen)), part=None)
    except (Altered, Unreadable) as error:
        return {"outcome": type(error).__name__.upper(), "part": str(error), "masked": []}
if __name__ == "__main__":
    SEEN = open_checkpoint(sys.argv[2], sys.argv[1]) if len(sys.argv) > 2 else None
    for line in sys.stdin:
        print(json.dumps(verdict(json.loads(line), sys.argv[1], SEEN)))
