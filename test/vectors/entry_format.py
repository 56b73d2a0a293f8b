"""Entry format, version 1, written from docs/entry-format.md alone. Python 3.11, standard library only.

What that page refuses raises ValueError. Of AES-256-GCM, which the standard library lacks, only the inputs are here.
"""

import hashlib, hmac, json, re, unicodedata
from base64 import urlsafe_b64encode
from decimal import Decimal
from urllib.parse import quote, unquote_to_bytes

MAX_NUMBER, MAX_ID_BYTES, CHUNK = 2**53 - 1, 2048, 256
KINDS = ("Dataset", "Transform", "FeatureDef", "Model", "Prediction", "Attestation")
FREE_TEXT = ("explanation", "notes", "verbatim")

# Notation
def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()

def mac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")

def b64u(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()

def number(x: float) -> str:
    """ECMA-262 Number::toString of a finite double (RFC 8785 section 3.2.2.3)."""
    if x <= 0:
        return "-" + number(-x) if x else "0"
    _, all_digits, exponent = Decimal(repr(float(x))).as_tuple()  # repr is the shortest that reads back
    point = len(all_digits) + exponent  # x = 0.DIGITS * 10^point
    digits = "".join(map(str, all_digits)).rstrip("0")
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    return digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"

def string(s: str) -> str:
    """A JSON string with RFC 8785's escapes."""
    if any(0xD800 <= c <= 0xDFFF for c in map(ord, s)):
        raise ValueError("a string without lone surrogates is required")
    return json.dumps(s, ensure_ascii=False)

def canonical(x) -> str:
    """The RFC 8785 text of a value made of dict, list, str, bool, int and float; anything else is refused."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, str):
        return string(x)
    if isinstance(x, (int, float)) and abs(x) <= MAX_NUMBER:
        return number(x)
    if isinstance(x, (list, tuple)):
        return "[" + ",".join(map(canonical, x)) + "]"
    if isinstance(x, dict):
        names = sorted(x, key=lambda name: name.encode("utf-16-be", "surrogatepass"))  # UTF-16 code units
        return "{" + ",".join(string(name) + ":" + canonical(x[name]) for name in names) + "}"
    raise ValueError(f"object, array, string, boolean or number of at most 2^53 - 1 is required, but got: {x!r}")

def jcs(x) -> bytes:
    return canonical(x).encode()

def parse_json(text: str):
    """The value of a JSON text, or ValueError for what the format refuses: duplicates, null, large numbers, ..."""
    def unique(pairs):
        if len(dict(pairs)) == len(pairs):
            return dict(pairs)
        raise ValueError("unique member names are required")
    canonical(value := json.loads(text, object_pairs_hook=unique))
    return value

# Identifiers
def build_id(kind: str, namespace: str, name: str, version: str) -> str:
    """The one spelling of an id. `kind` as in a head, in any case; parts in any Unicode normal form."""
    if kind.lower() not in map(str.lower, KINDS) or not (namespace and name and version):
        raise ValueError("a known kind and three non-empty parts are required")
    namespace, name, version = (quote(unicodedata.normalize("NFC", p), safe="") for p in (namespace, name, version))
    spelled = f"{kind.lower()}:{namespace}/{name}@{version}"
    if len(spelled) > MAX_ID_BYTES:
        raise ValueError(f"at most {MAX_ID_BYTES} bytes are required, but got: {len(spelled)}")
    return spelled

def parse_id(spelled: str) -> tuple[str, str, str, str]:
    """(kind, namespace, name, version); any other spelling than the one `build_id` gives is refused."""
    match = re.fullmatch("([a-z]+):([^:/@]+)/([^:/@]+)@([^:/@]+)", spelled)
    parts = match and (match[1], *(unquote_to_bytes(part).decode() for part in match.groups()[1:]))
    if not parts or build_id(*parts) != spelled:
        raise ValueError(f"<kind>:<namespace>/<name>@<version> in its one spelling is required, but got: {spelled}")
    return parts

# Keys
def entry_key(log_key: bytes, id: str, t: str = "pedigree/lineage/1") -> bytes:
    return mac(log_key, jcs(["pedigree/1", "entry", t, id]))

def subject_index(idx_key: bytes, subject: str) -> bytes:
    return mac(idx_key, subject.encode())

def aead_key(subject_key: bytes) -> bytes:
    return mac(subject_key, jcs(["pedigree/1", "aead"]))

def aad(id: str, path: str, kid: str) -> bytes:
    return jcs([id, path, kid])

def salt(key: bytes, id: str, path: str) -> str:
    return b64u(mac(key, jcs(["pedigree/1", "salt", id, path])))

# Disclosures
def disclose(key: bytes, id: str, path: str, value) -> str:
    return b64u(jcs([salt(key, id, path), path, value]))

def digest_of(disclosure: str) -> str:
    return b64u(sha256(disclosure.encode("ascii")))

def d(key: bytes, id: str, path: str, value) -> str:
    return digest_of(disclose(key, id, path, value))

def decoy(k_entry: bytes, id: str, group: str, i: int) -> str:
    return b64u(sha256(mac(k_entry, jcs(["pedigree/1", "decoy", id, group, i]))))

def group_levels(k_entry: bytes, id: str, group: str, members: list[str]) -> list[list[str]]:
    """[S0 sorted, chunk digests of level 1, ...]; the last list is the S of the group digest."""
    n = len(members)
    size = max(4, 1 << n.bit_length())  # the smallest power of two >= n + 1
    decoys = [decoy(k_entry, id, group, i) for i in range(size - n - 1)]
    levels = [sorted([*members, d(k_entry, id, f"{group}#", n), *decoys])]
    while len(s := levels[-1]) > CHUNK:
        chunks = [s[i:i + CHUNK] for i in range(0, len(s), CHUNK)]
        levels.append([d(k_entry, id, f"{group}/n{len(levels)}.{i}", {"_sd": c}) for i, c in enumerate(chunks)])
    return levels

def group_digest(k_entry: bytes, id: str, group: str, members: list[str]) -> str:
    return d(k_entry, id, group, {"_sd": group_levels(k_entry, id, group, members)[-1]})

# Declaration, digest, leaf
def members(declaration: dict) -> list[tuple[str, str, object, str | None]]:
    """(group, path, value, subject) of every member; the subject is None where the salt comes from K_entry."""
    kind, fields, edges = declaration["kind"], declaration["fields"], declaration["edges"]
    subjects, listed, found = declaration.get("subjects"), declaration.get("personal", []), []
    targets = [(e["type"], parse_id(e["to"])[0]) for e in edges if parse_id(e.get("from", e["to"]))]
    sensitive = kind == "Prediction" or kind == "Attestation" and ("ABOUT", "prediction") in targets
    if kind == "Prediction" and subjects is None:
        raise ValueError('"subjects" is required in a Prediction; [] says that it concerns no person')
    if {"features", "subjects"} & fields.keys() or kind != "Attestation" and any("from" in e for e in edges):
        raise ValueError("features and subjects are required beside the fields, and `from` in attestations only")

    def add(group, path, value, personal=False, subject=None):
        if personal and subjects is None or subject not in (None, *(subjects or [])):
            raise ValueError(f"a subject from the list of subjects is required for: {path}")
        owner = subjects[0] if personal and subjects and subject is None else subject
        found.append((group, path, value, owner if personal else None))

    for name, value in fields.items():
        add("values", f"value/{name}", value, name in listed or sensitive and name in FREE_TEXT
            or name == "reasons" and declaration["kind"] == "Prediction")
    for name, feature in declaration.get("features", {}).items():
        value = {k: v for k, v in feature.items() if k != "subject"}
        add("values", f"value/features/{name}", value, sensitive or "features" in listed, feature.get("subject"))
    for i, name in enumerate(subjects or []):
        add("values", f"value/subjects/{i}", name, True, name)
    for e in edges:
        where = e["type"] + "/" + e["to"] + (f"/from/{e['from']}" if "from" in e else "")
        value = {"props": e.get("props", {})} | ({"toDigest": e["toDigest"]} if "toDigest" in e else {})
        add("edges", f"edge/{where}", value)
        if "row" in e:
            add("values", f"row/{where}", e["row"], sensitive)
    if len({path for _, path, _, _ in found}) < len(found):
        raise ValueError("a path that is unique in the entry is required")
    return found

def decl(declaration: dict, k: int, log_key: bytes, subject_keys: dict[str, bytes], t="pedigree/lineage/1") -> dict:
    """The constant-size form of a declaration."""
    id, kind = declaration["id"], declaration["kind"]
    if kind not in KINDS or parse_id(id)[0] != kind.lower():
        raise ValueError(f"the id of a {kind} is required, but got: {id}")
    k_entry, digests = entry_key(log_key, id, t), {"values": [], "edges": []}
    for group, path, value, subject in members(declaration):
        digests[group].append(d(k_entry if subject is None else subject_keys[subject], id, path, value))
    head = d(k_entry, id, "head", {"id": id, "kind": kind, "occurredAt": declaration["occurredAt"]})
    return {"head": head, "k": k, "t": t, **{g: group_digest(k_entry, id, g, m) for g, m in digests.items()}}

def digest(decl: dict) -> str:
    return sha256(jcs(decl)).hex()

def leaf(at: int, k_entry: bytes, id: str, principal: str, decl: dict) -> bytes:
    return jcs({"at": at, "by": d(k_entry, id, "by", principal), "decl": decl})

def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf)

# The log
def merkle_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else sha256(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below the length
    return sha256(b"\x01" + merkle_root(leaves[:split]) + merkle_root(leaves[split:]))

def bundle(leaves: list[bytes]) -> bytes:
    """C2SP tlog-tiles: each leaf after its length as a big-endian 16-bit integer."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
