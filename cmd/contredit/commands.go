package main

// commands lists every word of the command line, in the order of the help.
func commands() []command {
	return []command{
		{name: "demo", summary: "the whole job on a bundled fictional council; then the review pages", run: runDemo, help: `
Serves a fictional council on a loopback port, collects it with an ordinary
configuration, prints the strongest flags, then serves the review pages until
it is stopped. Nothing leaves this machine.

  contredit demo --once --dir essai     keep the files, end after printing
  contredit demo --once --dir essai     again: only what changed is read`},
		{name: "run", summary: "the daemon: schedule, collection, review pages", run: runDaemon, help: `
Keeps the schedule of every source, collects, reads and links what is new, and
serves the review pages until it is stopped. With --workers (or engine.workers) so
many processes read, extract and link what it collects, each with its own memory.

  contredit run --config config.toml
  contredit run --config config.toml --workers 4`},
		{name: "crawl", args: "[SOURCE...]", summary: "collect now, read, extract, link; then exit", run: runCrawl, help: `
Collects the sources named, or all of them, and says what is new and what went
wrong. Exit code 1 when a source could not be collected at all.

  contredit crawl --config config.toml "Région – communiqués de presse"`},
		{name: "import", args: "FILE|DIR...", summary: "bring in local files", run: runImport, help: `
Reads files that no site offers, such as minutes sent to members. Each keeps
the address given with --url, or a file: address.

  contredit import --role record --body CST --private pv/pv-2026-03-12.pdf`},
		{name: "claims", args: "[ID]", summary: "list, filter and show claims", run: runClaims, help: `
Lists what was asserted, by whom and when. With an id, shows the claim in its
context, and what made it worth checking.

  contredit claims --speaker Dupont --since 2026-01-01
  contredit claims --format json 3f2a9c0d1e4b5a67`},
		{name: "review", args: "list | show ID | confirm|reject|nuance|undecidable|take|publish|note|reply|correct|assign|undo ID | import FILE", summary: "the queue in the terminal", run: runReview, help: `
Lists the flags, shows one, or gives a verdict on it. A verdict is a new row of
its history; « undo » takes the last one back with another row. « reply » records
what the person or body quoted answered, « correct » what we had wrong: both are
shown with their date wherever the pair is. « import » takes decisions out of a
sheet or an export; --dry-run only says what it would do, and each conflict.

  contredit review list --status new --kind vote
  contredit review show 3f2a9c
  contredit review assign 3f2a9c --by "Mme Dupont" --to "M. Plessis"
  contredit review reject 3f2a9c --by "Mme Dupont" --reason other_subject --note "autre exercice"
  contredit review correct 3f2a9c --by "Mme Dupont" --note "la page citée est la 7"
  contredit review import paires.csv --by "Mme Dupont" --dry-run`},
		{name: "reviewer", args: "list | add|passwd|remove|factor-off NAME", summary: "who may sign in on the review pages", run: runReviewer, help: `
Makes, changes and ends the accounts of the review pages. The first one is an
admin. The password is asked for, or read from standard input; the pages ask for
it when the configuration says « accounts = true ». « factor-off » is for a lost phone.

  contredit reviewer add "Mme Dupont"
  contredit reviewer add --role publisher "M. Plessis" < mot-de-passe
  contredit reviewer list`},
		{name: "token", args: "list | add|remove NAME", summary: "who may read over the API", run: runToken, help: `
Makes and ends the tokens with which programs read pairs, claims and documents
as JSON, beside the review pages: GET /api/v1/openapi.json describes it. A token
is shown once; only its hash is kept.

  contredit token add "tableau de bord" --until 2026-12-31
  curl -H "Authorization: Bearer ctrd_…" http://127.0.0.1:8480/api/v1/flags`},
		{name: "export", args: "documents|claims|flags", summary: "one JSON object a line, or CSV", run: runExport, help: `
Writes everything to standard output, one object a line. Private sources are
left out unless --private is given; rejected flags unless --all. Of flags, those
that people confirmed also as ClaimReview, W3C Web Annotation or Atom, for the
public: persons without a mandate are not named, private documents never.

  contredit export flags --format jsonl > flags.jsonl
  contredit export flags --format claimreview --url https://section.example/paires/
  contredit export claims --format csv > claims.csv`},
		{name: "publish", args: "DIR", summary: "the public site of the published pairs, as static pages", run: runPublish, help: `
Writes static pages into a folder for any web server: the pairs that people
published, with ClaimReview inside, an Atom feed, a search that asks no server,
corrections and replies, methods with the precision of each rule, sources. What
changed since the last time is shown with its date, the old text kept. Nothing
private is in it, and nobody without a public mandate is named.

  contredit publish --url https://section.example/paires/ /srv/www/paires`},
		{name: "coverage", summary: "of each body, the meetings known, read and missing", run: runCoverage, help: `
Shows the register on which « aucune trace » rests: the meetings that records,
calendars, agendas, mentions and dead links tell of, and those configured; and of
each whether its record was read, obtained without a text, or is missing.

  contredit coverage --body CST --from 2025-01-01
  contredit coverage --missing`},
		{name: "request", args: "list | write|sent|answered|referred BODY DAY", summary: "letters for records that were not published, and their deadlines", run: runRequest, help: `
Lists the meetings whose record is missing, writes the request for one, and
after a month of silence or a refusal the referral to the CADA.

  contredit request write "Conseil municipal" 2026-02-10 > lettre.txt
  contredit request sent "Conseil municipal" 2026-02-10 --on 2026-03-02
  contredit request answered "Conseil municipal" 2026-02-10 --refused`},
		{name: "compare", args: "CLAIM RECORD | --tsv FILE", summary: "the comparators on given pairs, no database", run: runCompare, help: `
Says whether the record contradicts the claim, and why. The TSV has a header
row that names id and either claim and record, or premise and hypothesis.

  contredit compare "Adopté à l'unanimité." "Pour : 60, contre : 20, abstentions : 7."
  contredit compare --tsv pairs.tsv --format jsonl`},
		{name: "eval", args: "GOLD_DIR", summary: "score the database against a gold set, per kind", run: runEval, help: `
Compares documents, claims and flags with a set whose truth is written down (bench/score/FORMAT.md), and prints
the figures of bench/score/SCORING.md. « --half odd » and « --half even » take the claims of half of the documents.

    contredit eval bench/score/gold --config essai/contredit.toml --half even`},
		{name: "calibrate", summary: "propose weights from the verdicts; --apply", run: runCalibrate, help: `
Reads what people confirmed and rejected, shows each rule's precision, and proposes weights that
fit the decisions. Nothing changes without --apply; --reset goes back to the program's own weights.

    contredit calibrate --config contredit.toml
    contredit calibrate --apply`},
		{name: "show", args: "URL", summary: "what was read of a document: the parse report", run: runShow, help: `
Shows what a document was understood as: title, date, attendance, votes,
speakers, and what a person should look at.

  contredit show https://region.exemple/pv-2026-03-27.pdf`},
		{name: "attach", args: "URL FILE | URL --remove", summary: "a transcript for a document that has no text", run: runAttach, help: `
Gives a recording or scanned pages the text that they lack: a text, captions,
.docx or .odt. It is read in the place of the document, its bytes are kept, and
wherever it is quoted it is said that it was attached by hand. --remove takes it off.

  contredit attach https://region.exemple/seances/mars seance.txt --by "Mme Dupont"`},
		{name: "reread", args: "[URL]", summary: "read kept documents again", run: runReread, help: `
Reads the bytes that are kept again, without asking any site: after an upgrade,
or once scanned pages can be recognised. Verdicts stay.

  contredit reread --state scanned
  contredit reread https://region.exemple/pv-2026-03-27.pdf`},
		{name: "source", args: "try URL", summary: "what a site is, and the [[source]] to paste", run: runSource, help: `
Looks at an address in at most 5 polite requests: what makes the site, which links would be
followed, what is read in three of the documents. Prints the [[source]] on standard output.

    contredit source try --contact mailto:moi@section.example https://www.region.example/seances
    contredit source try --link ".views-row h2 a" https://www.region.example/espace-presse`},
		{name: "digest", args: "list | preview [NAME] | send [NAME] | outbox | resume ADDRESS [NAME]", summary: "what would be mailed; mail it", run: runDigest, help: `
Shows what a digest would say now, sends it, or lists what waits and what failed. Each pair goes
once to each recipient; without a server the mails are .eml files in the folder of [mail].

  contredit digest preview Lundi --open
  contredit digest send --dry-run
  contredit digest outbox`},
		{name: "schedule", summary: "the next runs of every source and digest", run: runSchedule, help: `
Lists when each source is collected next, in plain words. A run comes up to
five minutes later than its schedule says, so that sites are not all asked at once.

  contredit schedule --config config.toml`},
		{name: "status", summary: "what is kept, what waits, how the sources are", run: runStatus, help: `
Says how much is kept, what waits in the queue and in the stages, and when each
source was last seen.

  contredit status --config config.toml
  contredit status --format json`},
		{name: "doctor", summary: "what is wrong, and how to mend it", run: runDoctor, help: `
Looks at the configuration, the secrets' file modes, the disk, the clock, the
database, the work that waits and the health of every source, and asks the sites'
robots.txt and the mail server. Each finding says what to do. Exit code 1 when
something must be mended, 2 when the configuration cannot be read. No mail is
sent, and no page is fetched.

  contredit doctor --config config.toml`},
		{name: "verify", args: "[DOSSIER.zip]", summary: "every quote against the stored bytes; the journal; a dossier", run: runVerify, help: `
Reads everything that is kept again: the file, the bytes against their digests,
every quote against the text that it is a slice of, and the journal's chain.
With a dossier it needs nothing but that file. Exit code 1 when something does
not hold, each named.

  contredit verify --config config.toml
  contredit verify dossier-3f2a9c0d1e4b5a67.zip`},
		{name: "dossier", args: "ID...", summary: "pairs with all that proves them, as one file", run: runDossier, help: `
Writes a ZIP archive: a page that prints on one A4, the original bytes, their
headers and texts, a WARC of them, a manifest, and a page that verifies the
archive offline. What is private is refused unless --private is given.

  contredit dossier 3f2a9c0d1e4b5a67 -o dossier.zip`},
		{name: "journal", args: "[list | head | stamp | erase NUMBER]", summary: "what happened, each entry chained to the one before", run: runJournal, help: `
Lists captures, engine versions, verdicts, replies, corrections, publications.
« head » prints the last hash: keep it elsewhere, and the whole journal is fixed.
« stamp » has an authority of your choice say when it was (RFC 3161).
« erase » takes a person's text away by law; the chain still verifies.

  contredit journal head --config config.toml
  contredit journal erase 412 --by "Mme Dupont" --why "demande du 3 mars, RGPD article 17"`},
		{name: "backup", args: "[FILE|DIR]", summary: "a whole copy, while the daemon runs", run: runBackup, help: `
Writes a copy of the database under a name with the date, and prints the name.
A file that is there is never overwritten.

  contredit backup --config config.toml /var/backups/contredit`},
		{name: "restore", args: "FILE", summary: "check a backup, put it in place", run: runRestore, help: `
Checks the backup as « verify » does, then copies it to where the configuration
has its database. That place must be free: nothing is overwritten.

  contredit restore --check contredit-2026-03-02-080000.db
  contredit restore --config config.toml contredit-2026-03-02-080000.db`},
		{name: "retire", summary: "take away old versions that nothing cites; --dry-run", run: runRetire, help: `
Takes away the bytes of versions that were replaced long ago (replaced_versions in
[retain], or --days) and that no pair cites and no claim comes from. Their digest,
day and headers stay, and the journal names them. « contredit run » does the same
each day. The room is used again; the file itself shrinks by « backup » and « restore ».

  contredit retire --days 365 --dry-run
  contredit retire --config config.toml`},
		{name: "version", summary: "which build this is", run: runVersion, help: `
Prints the version, the Go release and the machine that it was built for.

  contredit version`},
		{name: pdfWorkerName, hidden: true, run: runPDFWorker, help: "Reads PDF files for another contredit, in a process of its own."},
		{name: workerName, hidden: true, run: runWorker, help: "Takes work items for another contredit, beside it on the same database."},
	}
}
