#!/usr/bin/env python3
"""build.py FOLDER OUT: makes of a fictional council's sources (one text file a document, links.tsv) a site, its gold in the
format of bench/score/FORMAT.md, and a configuration for « contredit crawl »; prints what is wrong and ends with 1 then.
The site is to be served at http://127.0.0.1:PORT/ (third argument, 8800 when left out)."""
import collections, glob, html, json, os, re, shutil, sys

if len(sys.argv) < 3 or not os.path.exists(os.path.join(sys.argv[1], "links.tsv")):
    sys.exit("build.py FOLDER OUT [PORT]: the folder of a council holds its documents and links.tsv; none is there")
folder, out = sys.argv[1], sys.argv[2]
port = int(sys.argv[3]) if len(sys.argv) > 3 else 8800
MARK = re.compile(r"\[\[(\+|-|e-)([^|\]@]*)(?:@([^|\]]*))?\|([^\[\]]*)\]\]")

def fold(text):
    return re.sub(r"\s+", " ", text).strip()

def plain(text):
    return MARK.sub(lambda m: m.group(4), text)

def inline(text):
    text = html.escape(plain(text), quote=False)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<em>\1</em>", text)

def bare(text):
    return re.sub(r"\*\*?", "", text)

def page(doc):
    blocks, lines = [], doc["text"].strip().split("\n")
    i = 0
    while i < len(lines):
        line = lines[i].rstrip()
        if not line:
            i += 1
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            blocks.append(f"<h{level}>{inline(line.lstrip('# '))}</h{level}>")
            i += 1
        elif line.startswith("|"):
            rows = []
            while i < len(lines) and lines[i].startswith("|"):
                cells = split_row(lines[i])
                if not all(re.fullmatch(r"[-: ]*", c) for c in cells):
                    rows.append(cells)
                i += 1
            blocks.append("<table>" + "".join("<tr>" + "".join((f"<th>{inline(c)}</th>" if n == 0 else f"<td>{inline(c)}</td>") for c in r) + "</tr>" for n, r in enumerate(rows)) + "</table>")
        elif line.startswith("- "):
            items = []
            while i < len(lines) and lines[i].startswith("- "):
                items.append(f"<li>{inline(lines[i][2:])}</li>")
                i += 1
            blocks.append("<ul>" + "".join(items) + "</ul>")
        else:
            part = []
            while i < len(lines) and lines[i].strip() and lines[i][0] not in "#|" and not lines[i].startswith("- "):
                part.append(lines[i].strip())
                i += 1
            blocks.append("<p>" + inline(" ".join(part)) + "</p>")
    if not any(b.startswith("<h1") for b in blocks):
        blocks.insert(0, f"<h1>{inline(doc['title'])}</h1>")
    author = f"<meta name=\"author\" content=\"{html.escape(doc['speaker'])}\">" if doc.get("speaker") else ""
    stamp = f"<meta property=\"article:published_time\" content=\"{doc['date']}T09:00:00+01:00\">" if doc["role"] == "statement" else ""
    day = f"<p><time datetime=\"{doc['date']}\">{spoken(doc['date'])}</time></p>" if doc["role"] == "statement" else ""
    at = 1 + next(n for n, b in enumerate(blocks) if b.startswith("<h1"))
    blocks.insert(at, day)
    return f"<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{html.escape(doc['title'])}</title>{author}{stamp}</head>\n<body><main><article>\n" + "\n".join(b for b in blocks if b) + "\n</article></main></body></html>\n"

def split_row(line):
    """The cells of a table's row: the | of a mark is none between cells."""
    kept = []
    line = MARK.sub(lambda m: kept.append(m.group(0)) or f"\x00{len(kept) - 1}\x00", line.strip())
    return [re.sub("\x00(\\d+)\x00", lambda m: kept[int(m.group(1))], c).strip() for c in line.strip("|").split("|")]

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
def spoken(date):
    y, m, d = map(int, date.split("-"))
    return f"{'1er' if d == 1 else d} {MONTHS[m - 1]} {y}"

def clock(s):
    return f"{int(s) // 3600:02}:{int(s) // 60 % 60:02}:{int(s) % 60:02}.000"

def captions(doc):
    at, cues, times = 0.0, [], {}
    for line in doc["text"].split("\n"):
        line = line.strip()
        m = re.match(r"@t (\d+):(\d+):(\d+)", line)
        if m:
            at = max(at, int(m[1]) * 3600 + int(m[2]) * 60 + int(m[3]))
            continue
        line = re.sub(r"^(--|[A-ZÀ-Ý][^:|\[]{2,40}?) ?: ", "", line)
        if not line:
            continue
        for m in MARK.finditer(line):
            before = len(plain(line[:m.start()]).split())
            if m.group(1) == "+":
                times[m.group(2)] = at + 4 * (before // 9)
        words = plain(line).split()
        for n in range(0, len(words), 9):
            cues.append(f"{clock(at)} --> {clock(at + 4)}\n{html.escape(' '.join(words[n:n + 9]), quote=False)}\n")
            at += 4
    return "WEBVTT\nLanguage: fr\n\n" + "\n".join(cues), times

docs, claims, evidence, wrong, seen = [], [], {}, [], set()
for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
    head, text = open(path, encoding="utf-8").read().split("\n---\n", 1)
    doc = {k.strip(): v.strip() for k, _, v in (l.partition(":") for l in head.splitlines()) if v}
    doc["text"] = text
    if doc["form"] == "vtt":
        stem = re.sub(r"(\.fr)?\.(vtt|html)$", "", doc["path"])
        doc["path"] = (stem if doc["date"] in stem else f"{stem}-{doc['date']}") + ".fr.vtt"
    docs.append(doc)
    if doc["path"] in seen:
        wrong.append(f"{path}: {doc['path']} twice")
    seen.add(doc["path"])
    at = captions(doc)[1] if doc["form"] == "vtt" else {}
    for sign, slug, who, quote in MARK.findall(text):
        quote = fold(bare(quote))
        if sign == "e-":
            evidence["e-" + slug] = {"path": doc["path"], "quote": quote, "date": doc["date"], "page": None, "at": None}
            continue
        claims.append({"id": slug or f"n{len(claims):03}", "path": doc["path"], "speaker": who or doc.get("speaker", doc["body"]), "date": doc["date"],
            "quote": quote, "worth_checking": sign == "+", "topic": "", "why": "", "repeats": None, "at": at.get(slug), "page": None})
known = {c["id"] for c in claims}
links = []
for n, line in enumerate(open(os.path.join(folder, "links.tsv"), encoding="utf-8"), 1):
    if not line.strip() or line.startswith("#"):
        continue
    claim, label, what, why = line.rstrip("\n").split("\t")
    if claim not in known:
        wrong.append(f"links.tsv:{n}: no claim {claim}")
        continue
    row = {"id": f"l-{n:03}", "claim": claim, "label": label if label in ("support", "unrelated") else "contradiction"}
    if row["label"] == "contradiction":
        row["kind"] = label
    if label == "absence":
        about = dict(p.split("=", 1) for p in what.split(";"))
        row.update(about)
        row["evidence"] = [{"path": d["path"], "quote": None, "date": d["date"], "page": None, "at": None} for d in docs
            if d["role"] == "record" and d["body"] == about["body"] and about["from"] <= d["date"] <= about["to"]]
        if not row["evidence"]:
            wrong.append(f"links.tsv:{n}: no meeting of {about['body']} from {about['from']} to {about['to']}")
    else:
        row["evidence"] = [evidence[e] for e in what.split() if e in evidence]
        wrong += [f"links.tsv:{n}: no evidence {e}" for e in what.split() if e not in evidence]
    row["why"] = why
    links.append(row)

shutil.rmtree(out, ignore_errors=True)
os.makedirs(os.path.join(out, "gold"))
sources = collections.OrderedDict()
for doc in docs:
    target = os.path.join(out, "site", doc["path"])
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8") as f:
        f.write(captions(doc)[0] if doc["form"] == "vtt" else page(doc))
    sources.setdefault((doc["role"], doc["body"]), []).append(f"http://127.0.0.1:{port}/{doc['path']}")
def rows(name, list_):
    with open(os.path.join(out, "gold", name), "w", encoding="utf-8") as f:
        for r in list_:
            f.write(json.dumps(r, ensure_ascii=False) + "\n")
rows("claims.jsonl", claims)
rows("links.jsonl", links)
rows("documents.jsonl", [{"path": d["path"], "title": d["title"], "date": d["date"], "role": d["role"], "body": d["body"], "lang": "fr"} for d in docs])
quoted = lambda s: json.dumps(s, ensure_ascii=False)
with open(os.path.join(out, "contredit.toml"), "w", encoding="utf-8") as f:
    f.write(f"[instance]\nname = {quoted(os.path.basename(folder.rstrip('/')))}\ncontact = \"mailto:demo@example.org\"\ndatabase = \"contredit.db\"\n\n[crawler]\ndelay = \"0s\"\nallow_loopback = true\n")
    for (role, body), start in sources.items():
        f.write(f"\n[[source]]\nname = {quoted(body + ' – ' + ('déclarations' if role == 'statement' else 'actes'))}\nrole = \"{role}\"\nbody = {quoted(body)}\nform = \"files\"\nstart = {json.dumps(start, ensure_ascii=False)}\n")
with open(os.path.join(out, "site", "robots.txt"), "w") as f:
    f.write("User-agent: *\nDisallow:\n")
print(f"{len(docs)} documents, {len(claims)} sentences, {sum(l['label'] == 'contradiction' for l in links)} contradictions of {len(links)} links")
for w in wrong:
    print("wrong:", w)
sys.exit(bool(wrong))
