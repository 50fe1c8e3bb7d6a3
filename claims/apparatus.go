package claims

import (
	"regexp"
	"strings"

	"contredit/french"
)

// Lines of a page or a release that stand around its text: whom to call, when it was put online, where else
// to read. Matched against the whole sentence; what goes on with a verb (« Publié le 12 mars, le rapport
// conclut… ») asserts something. Origin: releases and press pages, written by hand, 2026.
var apparatus = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?:vos? )?(?:contacts?(?:\s+(?:presse|médias?|utiles?))?|(?:service|relations?|attachée?s?)\s+(?:de\s+)?presse|tél(?:éphone)?\.?|fax|port(?:able)?\.|courriel|e-?mail|mél|adresse|standard|renseignements|site(?:\s+(?:web|internet))?)\s*[:–—]`),
	regexp.MustCompile(`(?i)^(?:tél\.|fax\.?|e-?mail)\s*:?\s*[\d+(]`),
	regexp.MustCompile(`(?i)^(?:(?:article\s+)?(?:publiée?|postée?|parue?|actualisée?|modifiée?|mise?\s+(?:à\s+jour|en\s+ligne))\s+(?:le|par|à)|(?:dernière\s+)?mise\s+à\s+jour\s*(?::|le|du)|date\s+de\s+(?:publication|mise\s+en\s+ligne)\s*:)\s[^,;:]*(?:,\s*(?:modifiée?|mise?\s+à\s+jour|par|à)\s[^,;:]*)*$`),
	regexp.MustCompile(`(?i)^(?:[\p{L}’' -]{2,40},\s*)?(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(?:1er|\d{1,2})\s+(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s+(?:19|20)\d\d(?:\s*(?:,|–|—|-|à|\||de)\s*[\d hHà:–-]+(?:heures?|h|min)?[\d\s]*)?\.?$`),
	regexp.MustCompile(`(?i)^(?:partage[rz]|imprimer|tweeter|envoyer|télécharger|recommander)\s+(?:(?:cet?|cette|l['’]|la|le)\s*(?:article|page|communiqué|document|publication|information|actualité|vidéo|dossier|fichier|pdf)|(?:sur|par|avec|via)\s+(?:facebook|x\b|twitter|linkedin|whatsapp|e-?mail|courriel|les\s+réseaux))`),
	regexp.MustCompile(`(?i)^(?:(?:à\s+)?lire\s+(?:aussi|également)|voir\s+(?:aussi|également)|sur\s+le\s+même\s+(?:sujet|thème)|temps\s+de\s+lecture|crédits?\s+photos?|photos?|illustration|légende|©|mots[- ]clés?|tags?|catégories?|rubriques?|étiquettes?|pour\s+en\s+savoir\s+plus|en\s+savoir\s+plus|source|suivez-nous|abonnez-vous|retrouvez-nous)\s*(?:[:–—|©]|sur\s)`),
	regexp.MustCompile(`(?i)^(?:communiqué(?:\s+de\s+presse)?|dossier\s+de\s+presse|note\s+aux\s+rédactions|pour\s+diffusion\s+immédiate|invitation\s+presse)(?:\s*[,:–—-]?\s*(?:du|le|n°)?\s*[\d\pL°/ .-]{0,40})?$`),
	// The lists of a recorded vote in a verbatim report: « Ont voté contre (31) : … ».
	regexp.MustCompile(`(?i)^(?:(?:ont|a)\s+voté\s+(?:pour|contre|blanc|nul)|(?:se\s+sont|s['’]est)\s+abstenue?s?|n['’](?:ont|a)\s+pas\s+pris\s+part\s+au\s+vote)\s*(?:\([^)]*\)\s*)?:`),
}

// isApparatus says that a sentence is such a line, and no assertion of anybody's.
func isApparatus(sentence string) bool {
	sentence = strings.Join(strings.Fields(sentence), " ")
	for i, form := range apparatus {
		if !form.MatchString(sentence) {
			continue
		}
		// A line about a publication is short; a sentence that opens like it goes on.
		return i < 2 || i > 3 || len(french.Words(sentence)) <= longestApparatus
	}
	return false
}

// longestApparatus is how many words « Publié le 12 mars 2024 à 10 h 30 par la rédaction » may have.
const longestApparatus = 16
