"""Makes entry-v1.json, the known answers of docs/entry-format.md. Nothing in it is random.

    python3 make_vectors.py            writes the file
    python3 make_vectors.py --check    exits with 1 when the file is not what would be written

AES-256-GCM needs the package `cryptography`; without it the sealed values are taken from the file as it
is, if their inputs are the same, and left unchecked.
"""

import json
import struct
import sys
from pathlib import Path

import entry_format as f

FILE = Path(__file__).with_name("entry-v1.json")
LOG_KEY, LOG_KEY_2 = bytes(range(0x00, 0x20)), bytes(range(0xA0, 0xC0))
IDX_KEY = bytes(range(0x20, 0x40))
ALICE, BOB = bytes(range(0x40, 0x60)), bytes(range(0x60, 0x80))
AT = 1767225600000  # 2026-01-01T00:00:00Z
STANDARD_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

ABOUT = {
    "file": "Byte strings are hex unless said otherwise. "
        "An item of `refused` must be refused; everything else must come out exactly as written.",
    "jcs": "canonical is the RFC 8785 text of the JSON text input.",
    "numbers": "RFC 8785 appendix B and the thresholds of ECMAScript: the IEEE 754 double with these big-endian bytes, "
               "its text, and whether the entry format admits it (magnitude of at most 2^53 - 1).",
    "ids": "id is the one spelling of parts; parsing it gives parsed, where every part is in NFC.",
    "keys": "K_entry from (logKey, id); the subject index from (idxKey, subject); K_aead from subjectKey.",
    "salts": "salt(key, id, path); key is the K_entry or the K_subj.",
    "disclosures": "one for each row of the table: disclosure and digest of (salt(key, id, path), path, value).",
    "decoys": "decoy number i of the group of the entry id.",
    "groups": "members are the digests d(\"value/f<i>\", i), i from 0. count = d(\"<group>#\", n). levelSizes are the "
              "number of digests of S0 and of each level of chunks; S is the last level, digest the group digest.",
    "largeGroups": "the same without the list of members, which has n items of that form.",
    "declarations": "a declaration under keys, then everything it becomes. A member's subject is null where its salt "
                    "is from K_entry. Members are sorted by path. decl and leaf are canonical JSON texts.",
    "aead": "sealed = nonce, ciphertext and tag of AES-256-GCM with key = K_aead of subjectKey.",
    "merkle": "roots[i] is the RFC 6962 root of the first i leaves.",
    "bundles": "the leaves as texts, cut into bundles within one multiple of 256, and their entry tile.",
    "rfc9901": "the example of RFC 9901 section 4.2.1.",
    "refused": "JSON texts, ids and declarations that must be refused.",
}


def jcs_cases():
    """Each a (name, JSON text)."""
    yield "empty object", "{}"
    yield "empty array and string", '[ [], "" ]'
    yield "white space goes", ' {\n\t"a" : [ 1 , 2 ] \r\n} '
    yield "literals", '{"t":true,"f":false}'
    yield "RFC 8785 section 3.2.2 without its null", \
        r'{"numbers":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],' \
        r'"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[true,false]}'
    yield "RFC 8785 section 3.2.3: names sort by UTF-16 code units", \
        r'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",' \
        r'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}'
    yield "a surrogate pair sorts before U+E000", r'{"\ue000":1,"\ud800\udc00":2}'
    yield "names that look like numbers sort as strings", '{"10":1,"9":2,"1":3,"-1":4,"01":5}'
    yield "a name sorts before its continuation", '{"aa":1,"a":2,"":3,"A":4,"a b":5}'
    yield "nested objects sort, arrays do not", '{"b":[{"z":1,"y":2},3,1,2],"a":{"d":{"f":1,"e":2},"c":3}}'
    yield "names that JavaScript treats specially", '{"toString":1,"constructor":2,"__proto__":{"b":1,"a":2}}'
    yield "short escapes", r'"\b\t\n\f\r\"\\"'
    yield "other controls, in lower case", r'"\u0000\u0001\u000B\u001F"'
    yield "delete, solidus and line separators stand as they are", r'"\u007f\/\u2028\u2029<>&"'
    yield "escaped and plain are the same", r'"\u00e9\u00E9' + '\u00e9"'
    yield "no Unicode normalisation", r'["e\u0301","\u00e9","\u212b"]'
    yield "a surrogate pair becomes its character", r'"\ud83d\ude00"'
    yield "minus zero", "[-0,-0.0,0,0.0,-0e9]"
    yield "integers", "[1.0,10e1,1E2,100,-5,9007199254740991,-9007199254740991]"
    yield "fractions", "[0.1,0.10,1.5e0,0.30000000000000004,1424953923781206.2,-0.5]"
    yield "small exponents", "[1e-6,0.0000010,1e-7,0.0000001,1.5e-7,9.999999999999997e-7,-1e-7]"
    yield "the least doubles", "[5e-324,2.2250738585072014e-308,1e-400]"
    yield "shortest digits that read back", "[333333333.33333329,0.1000000000000000055511151231257827,4.35,2e-3]"


def number_cases():
    """Each the bits of a double: RFC 8785 appendix B with its published texts, then the thresholds."""
    appendix_b = """0000000000000000 0|8000000000000000 0|0000000000000001 5e-324|8000000000000001 -5e-324
        7fefffffffffffff 1.7976931348623157e+308|ffefffffffffffff -1.7976931348623157e+308
        4340000000000000 9007199254740992|c340000000000000 -9007199254740992|4430000000000000 295147905179352830000
        44b52d02c7e14af5 9.999999999999997e+22|44b52d02c7e14af6 1e+23|44b52d02c7e14af7 1.0000000000000001e+23
        444b1ae4d6e2ef4e 999999999999999700000|444b1ae4d6e2ef4f 999999999999999900000|444b1ae4d6e2ef50 1e+21
        3eb0c6f7a0b5ed8c 9.999999999999997e-7|3eb0c6f7a0b5ed8d 0.000001|41b3de4355555553 333333333.3333332
        41b3de4355555554 333333333.33333325|41b3de4355555555 333333333.3333333|41b3de4355555556 333333333.3333334
        41b3de4355555557 333333333.33333343|becbf647612f3696 -0.0000033333333333333333
        43143ff3c1cb0959 1424953923781206.2"""
    for line in appendix_b.replace("\n", "|").split("|"):
        bits, text = line.split()
        yield bits, text
    for x, text in [(1e20, "100000000000000000000"), (1e22, "1e+22"), (1e-7, "1e-7"), (1e-6, "0.000001"),
                    (1.25e-7, "1.25e-7"), (2.0**53 - 1, "9007199254740991"), (123e-20, "1.23e-18"),
                    (0.1 + 0.2, "0.30000000000000004")]:
        yield struct.pack(">d", x).hex(), text


def ids():
    """Each a (name, kind, namespace, name, version)."""
    yield "plain", "dataset", "lending", "hmda", "1"
    yield "every unreserved character", "transform", "AZaz09-._~", "a.b-c_d~e", "1.0.0-rc_1"
    yield "slashes", "dataset", "s3/bucket", "/raw/2026/01.csv", "v/1"
    yield "colons", "model", "postgres://db:5432", "public:loans", "sha256:ab"
    yield "spaces", "featuredef", "credit risk", " debt to income ", "1 0"
    yield "at sign", "model", "team@bank", "m@1", "@2"
    yield "per cent signs are escaped, once", "dataset", "100%", "%41", "%2F"
    yield "tilde stays, asterisk does not", "attestation", "~", "*", "~*"
    yield "other reserved characters", "prediction", "!$&'()", "+,;=", "?#[]"
    yield "decomposed becomes composed", "dataset", "cafe\u0301", "A\u030a", "1"
    yield "composed stays", "dataset", "caf\u00e9", "\u00c5", "1"
    yield "canonical singletons: Angstrom and Ohm signs", "dataset", "\u212b", "\u2126", "1"
    yield "Hangul jamo compose", "dataset", "\u1112\u1161\u11ab", "x", "1"
    yield "marks are put in order", "dataset", "q\u0307\u0323", "x", "1"
    yield "compatibility characters stay (NFC, not NFKC)", "dataset", "\ufb01", "\u2460", "1"
    yield "excluded from composition", "dataset", "\u0958", "x", "1"
    yield "outside the basic plane", "dataset", "\U0001f600", "\U00020000", "1"
    yield "controls and quotes", "dataset", "\x00\n", "\"\\", "\x7f"
    yield "dots are unreserved", "dataset", "..", ".", "."
    yield "2,048 bytes", "dataset", "n", "x" * (2048 - len("dataset:n/@1")), "1"


def declarations():
    """Each a (name, declaration, extra): extra may change `t`, `k` and `logKey`."""
    transform = {"id": "transform:lending/clean@3", "kind": "Transform", "occurredAt": AT, "fields": {}, "edges": []}
    transform_digest = f.digest(f.decl(transform, 1, LOG_KEY, {}))
    minimal = {"id": "dataset:lending/hmda-raw@1996", "kind": "Dataset", "occurredAt": 820454400000,
               "fields": {"format": "csv"}, "edges": []}
    produced = {"type": "PRODUCED_BY", "to": transform["id"], "props": {"rows": 2380}, "toDigest": transform_digest}
    about = {"type": "ABOUT", "to": minimal["id"]}
    yield "transform with no members", transform, {}
    yield "minimal dataset with no edges", minimal, {}
    yield "dataset with a PRODUCED_BY edge with rows and toDigest", {
        "id": "dataset:lending/hmda@2", "kind": "Dataset", "occurredAt": AT + 1, "fields": {
            "format": "parquet", "location": "s3://lending/hmda/2.parquet", "rows": 2380,
            "schema": [{"name": "dir", "type": "double"}, {"type": "string", "name": "deny", "nullable": False}]},
        "edges": [produced, {"type": "DERIVED_FROM", "to": minimal["id"]}]}, {}
    yield "model with nested, empty and non-ASCII values", {
        "id": f.build_id("model", "lending", "Kredit-Pr\u00fcfung", "1.4.0"), "kind": "Model", "occurredAt": AT + 2,
        "fields": {
            "owner": "Zo\u00eb", "metrics": {"auc": 0.8123, "tiny": 1e-7, "zero": -0.0, "brier": {"z": [], "a": {}}},
            "\u20ac": 1, "\U0001f600": 2, "\ufb33": 3, "empty": "", "live": True}, "edges": []}, {}
    values = {"dir": 0.221000003814697, "hir": 0.221000003814697, "lvr": 0.8, "ccs": 5, "mcs": 2, "pbcr": False,
              "dmi": False, "self": False, "single": False, "uria": 3.90000009536743}
    features = {name: {"value": value} for name, value in values.items()}
    features["dir"] |= {"contribution": -0.125, "source": "dataset:lending/hmda@2", "subject": "alice"}
    features["lvr"] |= {"contribution": 1e-7}
    features["uria"] |= {"source": "bureau", "subject": "bob"}
    prediction = {
        "id": "prediction:lending/decision@2026-01-01.1", "kind": "Prediction", "occurredAt": AT + 3,
        "fields": {"outcome": "deny", "score": 0.71, "mode": "online", "notes": "called back",
                   "explanation": {"reasons": ["dir"]}, "verbatim": "<xml/>"},
        "subjects": ["alice", "bob"], "features": features, "personal": ["outcome"], "edges": [
            {"type": "MADE_BY", "to": "model:lending/scorer@1.4.0", "props": {"endpoint": "blue"}},
            {"type": "READ_FROM", "to": "dataset:lending/hmda@2", "props": {}, "row": ["1996", 1, True]}]}
    yield "prediction with two subjects, ten features, two edges and a row key", prediction, {}
    yield "prediction that concerns no person: nothing is personal", {
        "id": "prediction:grid/load@7", "kind": "Prediction", "occurredAt": AT + 4,
        "fields": {"outcome": 41.5, "notes": "holiday"}, "subjects": [], "personal": ["outcome"],
        "features": {"temperature": {"value": -3.5}}, "edges": [
            {"type": "MADE_BY", "to": "model:grid/load@2"},
            {"type": "READ_FROM", "to": "dataset:grid/weather@9", "row": ["2026-01-01"]}]}, {}
    yield "attestation about a dataset, with an edge from that dataset", {
        "id": "attestation:lending/hmda-raw-origin@1", "kind": "Attestation", "occurredAt": AT + 5,
        "fields": {"type": "SUPPLEMENTS", "notes": "not personal: it is about a dataset"}, "edges": [
            about, {"type": "PRODUCED_BY", "to": transform["id"], "from": minimal["id"], "props": {"rows": 2381}}]}, {}
    yield "attestation about a prediction: its free text is personal", {
        "id": "attestation:lending/review@1", "kind": "Attestation", "occurredAt": AT + 6,
        "fields": {"type": "REVIEW", "notes": "overturned", "result": "approve", "reviewer": "erin"},
        "subjects": ["alice"], "personal": ["reviewer"], "edges": [
            {"type": "ABOUT", "to": prediction["id"]}]}, {}
    yield "dataset about a person: only what it lists, and its subject, is personal", {
        "id": "dataset:crm/alice-export@1", "kind": "Dataset", "occurredAt": AT + 7,
        "fields": {"contact": "alice@example.org", "notes": "free text, but in a dataset", "rows": 12},
        "subjects": ["alice"], "personal": ["contact"], "edges": [
            {"type": "DERIVED_FROM", "to": minimal["id"], "row": [7]}]}, {}
    yield "feature definition with 300 edges: chunks", {
        "id": "featuredef:lending/wide@1", "kind": "FeatureDef", "occurredAt": AT + 8, "fields": {"dtype": "double"},
        "edges": [{"type": "COMPUTED_FROM", "to": f"dataset:lending/part-{i}@1"} for i in range(300)]}, {}
    yield "the minimal dataset in the access log", minimal, {"t": "pedigree/access/1"}
    yield "the minimal dataset under the second log key", minimal, {"k": 2, "logKey": LOG_KEY_2}


def disclosed(key, id, path, value):
    disclosure = f.disclose(key, id, path, value)
    return {"disclosure": disclosure, "digest": f.digest_of(disclosure)}


def expand(declaration, k=1, logKey=LOG_KEY, t="pedigree/lineage/1", principal="ci@lending", at=AT + 1000):
    """Everything that a declaration becomes."""
    id, subjects = declaration["id"], {"alice": ALICE, "bob": BOB}
    subjects = {name: subjects[name] for name in declaration.get("subjects", [])}
    k_entry, decl = f.entry_key(logKey, id, t), f.decl(declaration, k, logKey, subjects, t)
    found, leaf = f.members(declaration), f.leaf(at, k_entry, id, principal, decl)

    def group(name):
        members = [{"path": path, "subject": subject, **disclosed(subjects.get(subject, k_entry), id, path, value)}
                   for group, path, value, subject in found if group == name]
        levels = f.group_levels(k_entry, id, name, [m["digest"] for m in members])
        return {"members": sorted(members, key=lambda m: m["path"]), "levelSizes": list(map(len, levels)),
                "count": disclosed(k_entry, id, f"{name}#", len(members)),
                **disclosed(k_entry, id, name, {"_sd": levels[-1]})}

    head = {name: declaration[name] for name in ("id", "kind", "occurredAt")}
    return {"declaration": declaration,
            "keys": {"k": k, "logKey": logKey.hex(), "subjects": {name: key.hex() for name, key in subjects.items()}},
            "t": t, "at": at, "principal": principal, "entryKey": k_entry.hex(),
            "head": disclosed(k_entry, id, "head", head), "by": disclosed(k_entry, id, "by", principal),
            "values": group("values"), "edges": group("edges"), "decl": f.jcs(decl).decode(), "digest": f.digest(decl),
            "leaf": leaf.decode(), "leafHash": f.leaf_hash(leaf).hex()}


def key_cases():
    for name, log_key, id in [("first log key", LOG_KEY, "dataset:lending/hmda@1"),
                              ("another id", LOG_KEY, "prediction:lending/decision@2026-01-01.1"),
                              ("second log key", LOG_KEY_2, "dataset:lending/hmda@1")]:
        yield {"name": f"K_entry: {name}", "logKey": log_key.hex(), "id": id,
               "entryKey": f.entry_key(log_key, id).hex()}
    for name, subject in [("plain", "alice"), ("empty", ""), ("composed", "Zo\u00eb"), ("decomposed", "Zoe\u0308"),
                          ("outside the basic plane", "\U0001f600")]:
        yield {"name": f"subject index: {name}", "idxKey": IDX_KEY.hex(), "subject": subject,
               "index": f.subject_index(IDX_KEY, subject).hex()}
    for name, key in [("alice", ALICE), ("bob", BOB)]:
        yield {"name": f"K_aead: {name}", "subjectKey": key.hex(), "aeadKey": f.aead_key(key).hex()}


def disclosure_cases():
    own, other = "transform:lending/clean@3", "dataset:lending/hmda-raw@1996"
    id = "prediction:lending/decision@1"
    digest = f.sha256(b"parent").hex()
    for row, path, value, key in [
            ("head", "head", {"id": id, "kind": "Prediction", "occurredAt": AT}, None),
            ("a field", "value/outcome", "deny", None),
            ("a field that is personal", "value/notes", "called back \u20ac", ALICE),
            ("a field with a structured value", "value/metrics", {"b": [1, 2.5, True], "a": {}}, None),
            ("a feature value", "value/features/dir", {"value": 0.221}, ALICE),
            ("a feature value with contribution and source", "value/features/lvr",
             {"value": 0.8, "contribution": -0.125, "source": "bureau"}, BOB),
            ("a subject", "value/subjects/0", "alice", ALICE),
            ("a second subject", "value/subjects/1", "bob", BOB),
            ("an edge", f"edge/MADE_BY/{own}", {"props": {}}, None),
            ("an edge with props and toDigest", f"edge/MADE_BY/{own}", {"props": {"a": 1}, "toDigest": digest}, None),
            ("an edge about another artifact", f"edge/PRODUCED_BY/{own}/from/{other}", {"props": {"rows": 1}}, None),
            ("a row key", f"row/READ_FROM/{other}", ["1996", 1, True], ALICE),
            ("a row key that is not personal", f"row/READ_FROM/{other}", ["1996", 1, True], None),
            ("who declared it", "by", "ci@lending", None),
            ("number of values", "values#", 10, None),
            ("number of edges", "edges#", 0, None)]:
        key = key or f.entry_key(LOG_KEY, id)
        yield {"name": row, "key": key.hex(), "id": id, "path": path, "value": value, "salt": f.salt(key, id, path),
               **disclosed(key, id, path, value)}


def group_case(n, group="values"):
    id = "dataset:lending/wide@1"
    key = f.entry_key(LOG_KEY, id)
    members = [f.d(key, id, f"value/f{i}", i) for i in range(n)]
    levels = f.group_levels(key, id, group, members)
    return {"name": f"{group} of {n}", "entryKey": key.hex(), "id": id, "group": group, "members": members, "n": n,
            "size": len(levels[0]), "count": f.d(key, id, f"{group}#", n), "decoys": len(levels[0]) - n - 1,
            "levelSizes": list(map(len, levels)), "S": levels[-1], "digest": f.group_digest(key, id, group, members)}


def aead_cases(known):
    """Sealed under fixed nonces, which only vectors may do. `known` are the cases of the file as it is."""
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        AESGCM = None
        print("cryptography is not installed: sealed values are not checked", file=sys.stderr)
    id = "prediction:lending/decision@1"
    for i, (path, value, subject_key) in enumerate([
            ("value/features/dir", {"value": 0.221, "contribution": -0.125}, ALICE), ("value/subjects/1", "bob", BOB),
            ("value/notes", "", ALICE), ("row/READ_FROM/dataset:lending/hmda@1", ["1996", 1, True], ALICE),
            ("value/explanation", "Zo\u00eb \U0001f600", ALICE)]):
        key, nonce, kid = f.aead_key(subject_key), bytes(range(i, i + 12)), f"kid-{i}"
        aad, plaintext = f.aad(id, path, kid), f.jcs(value)
        case = {"name": path, "subjectKey": subject_key.hex(), "id": id, "path": path, "kid": kid, "value": value,
                "key": key.hex(), "nonce": nonce.hex(), "aad": aad.hex(), "plaintext": plaintext.hex()}
        if AESGCM:
            case["sealed"] = (nonce + AESGCM(key).encrypt(nonce, plaintext, aad)).hex()
        else:
            same = [c["sealed"] for c in known if c | case == c]
            case["sealed"] = same[0] if same else sys.exit(f"cryptography is required to seal: {path}")
        yield case


def merkle_case(name, leaves):
    return {"name": name, "leaves": [leaf.hex() for leaf in leaves],
            "roots": [f.merkle_root(leaves[:i]).hex() for i in range(len(leaves) + 1)]}


def bundle_case(name, parts):
    return {"name": name, "leaves": [leaf.decode() for part in parts for leaf in part],
            "bundles": [f.bundle(part).hex() for part in parts], "tile": f.bundle(sum(parts, [])).hex()}


def refused():
    dataset = {"id": "dataset:a/b@1", "kind": "Dataset", "occurredAt": AT, "fields": {}, "edges": []}
    prediction = {"id": "prediction:a/b@1", "kind": "Prediction", "occurredAt": AT, "fields": {}, "edges": []}
    edge = {"type": "MADE_BY", "to": "model:a/m@1"}
    texts = [("null", "null"), ("null inside", '{"a":[null]}'), ("duplicate names", '{"a":1,"a":1}'),
             ("duplicate names after unescaping", r'{"a":1,"\u0061":2}'), ("lone high surrogate", r'"\ud800"'),
             ("lone low surrogate", r'"\udc00x"'), ("surrogates the wrong way round", r'"\udc00\ud800"'),
             ("lone surrogate in a name", r'{"\udfff":1}'),
             ("2^53", "9007199254740992"), ("-2^53", "-9007199254740992"),
             ("2^53 + 1", "9007199254740993"), ("2^53 - 0.5, which rounds to 2^53", "9007199254740991.5"),
             ("large fraction", "1e21"), ("overflow", "1e400"), ("NaN", "NaN"), ("Infinity", "-Infinity")]
    bad_ids = [("unknown kind", "run:a/b@1"), ("upper-case kind", "Dataset:a/b@1"), ("no kind", "a/b@1"),
               ("no version", "dataset:a/b"), ("second colon", "dataset:a:b/c@1"), ("second slash", "dataset:a/b/c@1"),
               ("second at sign", "dataset:a/b@c@1"), ("lower-case hex", "dataset:a%2fb/c@1"),
               ("escaped unreserved character", "dataset:%61/b@1"), ("unescaped space", "dataset:a b/c@1"),
               ("unescaped asterisk", "dataset:*/c@1"), ("unescaped non-ASCII", "dataset:caf\u00e9/b@1"),
               ("decomposed", "dataset:cafe%CC%81/b@1"), ("incomplete escape", "dataset:a%4/b@1"),
               ("escape without hex", "dataset:a%GG/b@1"), ("not UTF-8", "dataset:%FF/b@1"),
               ("overlong UTF-8", "dataset:%C0%AF/b@1"), ("escaped surrogate", "dataset:%ED%A0%80/b@1"),
               ("trailing line feed", "dataset:a/b@1\n"), ("2,049 bytes", "dataset:n/" + "x" * 2037 + "@1")]
    bad_declarations = [
        ("a prediction that does not say whether it concerns a person", prediction),
        ("null in a field", dataset | {"fields": {"a": None}}),
        ("an edge to what is no id", dataset | {"edges": [{"type": "X", "to": "dataset:a b/c@1"}]}),
        ("an edge stated about another artifact, not by an attestation",
         dataset | {"edges": [edge | {"from": "model:a/b@1"}]}),
        ("the same edge twice: a path would not be unique", dataset | {"edges": [edge, edge]}),
        ("a feature of a subject that is not declared", prediction | {
            "subjects": ["alice"], "features": {"x": {"value": 1, "subject": "bob"}}}),
        ("a personal field without subjects", dataset | {"fields": {"a": 1}, "personal": ["a"]}),
        ("an attestation about a prediction with free text and without subjects", {
            "id": "attestation:a/b@1", "kind": "Attestation", "occurredAt": AT, "fields": {"notes": "x"},
            "edges": [{"type": "ABOUT", "to": prediction["id"]}]}),
        ("the id of another kind", dataset | {"kind": "Model"})]
    empty = [("empty namespace", "dataset:/b@1"), ("empty name", "dataset:a/@1"), ("empty version", "dataset:a/b@")]

    def cases(item, rows):
        return [{"name": name, item: x} for name, x in rows]

    return {"json": cases("input", texts),
            "ids": cases("id", bad_ids + empty),
            "declarations": cases("declaration", bad_declarations)}


def is_refused(verb, x):
    try:
        verb(x)
    except ValueError:
        return True
    return False


def vectors(known):
    cases = [{"name": name, **expand(declaration, **extra)} for name, declaration, extra in declarations()]
    leaves = [case["leaf"].encode() for case in cases]
    id = "dataset:lending/hmda@1"
    k_entry = f.entry_key(LOG_KEY, id)
    standard = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    example = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    large = group_case(65536)
    del large["members"]
    return {
        "about": ABOUT,
        "jcs": [{"name": n, "input": text, "canonical": f.canonical(f.parse_json(text))} for n, text in jcs_cases()],
        "numbers": [{"name": text, "double": bits, "text": text, "admitted": abs(double(bits)) <= f.MAX_NUMBER}
                    for bits, text in number_cases()],
        "ids": [{"name": n, "parts": named(parts), "id": f.build_id(*parts),
                 "parsed": named(f.parse_id(f.build_id(*parts)))} for n, *parts in ids()],
        "keys": list(key_cases()),
        "salts": [{"name": f"{who}: {path}", "key": key.hex(), "id": id, "path": path, "salt": f.salt(key, id, path)}
                  for who, key in [("K_entry", k_entry), ("K_subj", ALICE)]
                  for path in ["head", "by", "values#", "values", "values/n1.0", "value/features/\u20ac",
                               "value/subjects/0"]],
        "disclosures": list(disclosure_cases()),
        "decoys": [{"name": f"{group} {i}", "entryKey": k_entry.hex(), "id": id, "group": group, "i": i,
                    "decoy": f.decoy(k_entry, id, group, i)}
                   for group in ("values", "edges") for i in (0, 1, 2, 255, 256)],
        "groups": [group_case(n) for n in (0, 1, 2, 3, 4, 7, 8, 255, 256, 300, 600)] + [group_case(3, "edges")],
        "largeGroups": [large],
        "declarations": cases,
        "aead": list(aead_cases(known.get("aead", []))),
        "merkle": [merkle_case("RFC 6962 standard tree", list(map(bytes.fromhex, standard))),
                   merkle_case("the leaves of the declarations", leaves)],
        "bundles": [bundle_case("three leaves in one bundle", [leaves[:3]]),
                    bundle_case("three leaves in two bundles", [leaves[:1], leaves[1:3]]),
                    bundle_case("the length is big-endian: an empty leaf and one of 258 bytes", [[b"", b"x" * 258]])],
        "rfc9901": [{"name": "family_name", "disclosure": example, "digest": f.digest_of(example)}],
        "refused": refused(),
    }


def named(parts):
    return dict(zip(("kind", "namespace", "name", "version"), parts))


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def assert_published(v):
    """The answers that others have published, and that what must be refused is."""
    assert v["rfc9901"][0]["digest"] == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert v["merkle"][0]["roots"] == STANDARD_ROOTS
    for case in v["numbers"]:
        assert f.number(double(case["double"])) == case["text"], case
    for case in v["jcs"]:
        assert f.canonical(f.parse_json(case["canonical"])) == case["canonical"], case
    keys = {"alice": ALICE, "bob": BOB}
    for verb, cases, item in [(f.parse_json, v["refused"]["json"], "input"), (f.parse_id, v["refused"]["ids"], "id"),
                              (lambda x: f.decl(x, 1, LOG_KEY, keys), v["refused"]["declarations"], "declaration")]:
        for case in cases:
            assert is_refused(verb, case[item]), case


def main():
    on_disk = FILE.read_text("ascii") if FILE.exists() else ""
    made = vectors(json.loads(on_disk or "{}"))
    assert_published(made)
    text = json.dumps(made, indent=1) + "\n"  # ASCII, so that no editor can normalise it
    if "--check" not in sys.argv[1:]:
        FILE.write_text(text, "ascii")
    elif text != on_disk:
        sys.exit(f"{FILE.name} is not what {Path(__file__).name} makes: run it and review the difference")


if __name__ == "__main__":
    main()
